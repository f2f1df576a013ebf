package dev.touchstone.apiclient.testing;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.apiclient.testing.Cassette.Interaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Records what a real server answers, for a {@link Replay} in tests that need no server.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="record"}
 *
 * <p>The file is written by {@link #close}, and holds no secrets: no request headers, no query value
 * that the redaction does not show, no field whose name is that of a secret, and no value found
 * in one of those places anywhere else, if it has four characters or more. Read it before it is
 * committed all the same: what is secret about an answer may have an innocent name.
 *
 * <p>Safe for use by several threads. Answers are read to their end before they are passed on.
 */
public final class Recorder implements Interceptor, AutoCloseable {

  private final Path file;
  private final SecretFilter filter;
  private final ReentrantLock lock = new ReentrantLock(); // guards filter and interactions
  private final List<Interaction> interactions = new ArrayList<>();

  private Recorder(Path file, Redaction rules) {
    this.file = requireNonNull(file, "file");
    filter = new SecretFilter(rules);
  }

  /** Returns a recorder that hides what {@link Redaction#standard} does. */
  public static Recorder to(Path file) {
    return to(file, Redaction.standard());
  }

  /**
   * Returns a recorder.
   *
   * @param file where to; replaced if it exists
   * @param rules what is secret
   */
  public static Recorder to(Path file, Redaction rules) {
    return new Recorder(file, rules);
  }

  /**
   * Lets a request through and keeps it and its answer. Called by OkHttp.
   *
   * @throws IllegalStateException if the answer is compressed
   */
  @Override
  public Response intercept(Chain chain) throws IOException {
    var response = chain.proceed(chain.request());
    var body = response.body().bytes();
    if (body.length > 0 && response.header("Content-Encoding") != null) {
      throw new IllegalStateException("a compressed answer cannot be searched for secrets; use"
          + " addInterceptor, not addNetworkInterceptor, and leave Accept-Encoding to OkHttp");
    }
    lock.lock();
    try {
      interactions.add(filter.interaction(filter.asked(chain.request()), response, body));
    } finally {
      lock.unlock();
    }
    return response
        .newBuilder()
        .body(ResponseBody.create(body, response.body().contentType()))
        .build();
  }

  /**
   * Writes what was recorded so far.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  @Override
  public void close() {
    lock.lock();
    try {
      new Cassette(interactions.stream().map(filter::withoutSecrets).toList()).write(file);
    } finally {
      lock.unlock();
    }
  }
}
