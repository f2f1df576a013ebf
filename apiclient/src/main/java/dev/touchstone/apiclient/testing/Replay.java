package dev.touchstone.apiclient.testing;

import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.apiclient.testing.Cassette.Asked;
import dev.touchstone.apiclient.testing.Cassette.Interaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Answers requests as a {@link Recorder} heard them answered; nothing is sent.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="replay"}
 *
 * <p>A request is known by method, URL and body, less what the redaction hides; so a test needs no
 * real credentials. Each answer is given once; those to the same request in the order in which they
 * were recorded.
 *
 * <p>Safe for use by several threads.
 */
public final class Replay implements Interceptor {

  private final Cassette cassette;
  private final SecretFilter filter;
  private final ReentrantLock lock = new ReentrantLock(); // guards filter and left
  private final List<Interaction> left;

  private Replay(Cassette cassette, Redaction rules) {
    this.cassette = cassette;
    filter = new SecretFilter(rules);
    left = new ArrayList<>(cassette.interactions());
  }

  /** Returns the replay of a file that was recorded with {@link Redaction#standard}. */
  public static Replay of(Path file) {
    return of(file, Redaction.standard());
  }

  /**
   * Returns the replay of a file.
   *
   * @param rules those that it was recorded with
   * @throws java.io.UncheckedIOException if it cannot be read
   * @throws IllegalArgumentException if no recorder wrote it
   */
  public static Replay of(Path file, Redaction rules) {
    return new Replay(Cassette.read(file), rules);
  }

  /**
   * Returns the recorded answer. Called by OkHttp.
   *
   * @throws ReplayMissException if there is none
   */
  @Override
  public Response intercept(Chain chain) {
    lock.lock();
    try {
      var asked = filter.withoutSecrets(filter.asked(chain.request()));
      for (var i = 0; i < left.size(); i++) {
        if (left.get(i).request().equals(asked)) {
          return response(chain.request(), left.remove(i));
        }
      }
      throw miss(asked);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the requests that were recorded and not asked for so far, such as {@code GET URL}. */
  public List<String> unused() {
    lock.lock();
    try {
      return left.stream().map(each -> each.request().toString()).toList();
    } finally {
      lock.unlock();
    }
  }

  private ReplayMissException miss(Asked asked) {
    var times = cassette.interactions().stream()
        .filter(each -> each.request().equals(asked))
        .count();
    if (times > 0) {
      return new ReplayMissException("no answer is left for " + asked + ", which was recorded "
          + times + " times; ask less often or record it again");
    }
    var nearest = cassette.interactions().stream()
        .map(Interaction::request)
        .max(Comparator.comparingInt(each -> likeness(each, asked)));
    return new ReplayMissException("no answer was recorded for " + asked + "; "
        + nearest.map(each -> "the nearest recorded request is " + each).orElse("nothing was")
        + "; record it again if the request is right");
  }

  /** Method and path count more than how the rest begins. */
  private static int likeness(Asked one, Asked other) {
    var sameMethod = one.method().equals(other.method()) ? 1_000 : 0;
    var samePath = path(one).equals(path(other)) ? 10_000 : 0;
    return sameMethod
        + samePath
        + commonPrefix(one.url(), other.url())
        + commonPrefix(one.body(), other.body());
  }

  private static String path(Asked asked) {
    var query = asked.url().indexOf('?');
    return query < 0 ? asked.url() : asked.url().substring(0, query);
  }

  private static int commonPrefix(String one, String other) {
    var length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  private static Response response(Request request, Interaction recorded) {
    var headers = new Headers.Builder();
    for (var i = 0; i + 1 < recorded.headers().size(); i += 2) {
      headers.addUnsafeNonAscii(recorded.headers().get(i), recorded.headers().get(i + 1));
    }
    var named = headers.get("Content-Type");
    var type = named == null ? null : MediaType.parse(named);
    var body = recorded.encoding().equals("base64")
        ? Base64.getDecoder().decode(recorded.body())
        : recorded.body().getBytes(SecretFilter.charset(type));
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(recorded.status())
        .message("")
        .headers(headers.removeAll("Content-Length").build())
        .body(ResponseBody.create(body, type))
        .build();
  }
}
