package dev.touchstone.examples.scraper.fetch;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.HttpStatusException;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.RejectedException.By;
import dev.touchstone.apiclient.network.AddressGuard;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.page.Earlier;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.PageParser;
import dev.touchstone.examples.scraper.page.Validators;
import dev.touchstone.examples.scraper.politeness.Reply;
import dev.touchstone.examples.scraper.politeness.RobotsAnswer;
import dev.touchstone.examples.scraper.politeness.RobotsRules;
import dev.touchstone.examples.scraper.sitemap.Sitemap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Fetches single addresses, and the {@code robots.txt} of a site. Safe for use by several threads. */
public final class PageFetcher implements AutoCloseable {

  /** A longer file is cut here; RFC 9309, section 2.5, asks for at least 500 KiB. */
  private static final int MAX_ROBOTS_BYTES = 500 << 10;

  private static final int[] REDIRECTS = {301, 302, 303, 307, 308};
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  /** What is kept for each address must be short. */
  private static final int LONGEST_VALIDATOR = 256;

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);

  private final ApiClient client;
  private final TimeSource time;
  private final Limits limits;
  private final Set<Keep> keep;

  private PageFetcher(ApiClient client, TimeSource time, Limits limits, Set<Keep> keep) {
    this.client = client;
    this.time = time;
    this.limits = limits;
    this.keep = Set.copyOf(keep);
  }

  /**
   * Opens a fetcher within the default limits that keeps nothing.
   *
   * @param userAgent what it calls itself
   * @param reach where its requests may go
   */
  public static PageFetcher open(String userAgent, Reach reach) {
    return open(userAgent, reach, Limits.DEFAULT, Set.of());
  }

  /**
   * Opens a fetcher.
   *
   * @param userAgent what it calls itself
   * @param reach where its requests may go
   * @param limits what one answer may cost
   * @param keep what is kept of the answers beside the pages
   */
  public static PageFetcher open(String userAgent, Reach reach, Limits limits, Set<Keep> keep) {
    var client = ApiClient.builder()
        .defaultHeader("User-Agent", userAgent)
        .timeout(limits.time())
        .retry(RetryPolicy.none()); // up to the one who schedules
    if (reach == Reach.PUBLIC) {
      client.addressGuard(AddressGuard.publicOnly());
    }
    return new PageFetcher(client.build(), TimeSource.system(), limits, keep);
  }

  /**
   * Fetches a {@linkplain Addresses canonical} address without following redirects. An interruption
   * gives up and leaves the interrupt flag set; the outcome is then of no use.
   */
  public Fetched fetch(URI address) {
    return fetch(address, Optional.empty());
  }

  /**
   * Does the same for an address that was visited before: if the server knows which version that found,
   * it is asked for another one only, and the outcome is {@link Outcome.Unchanged} if there is none.
   */
  public Fetched fetch(URI address, Optional<Earlier> earlier) {
    var startedAt = time.nanoTime();
    var known = earlier.filter(visit -> !visit.validators().isEmpty());
    var asked = get(address)
        .header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
        .header(
            "Accept-Encoding", "gzip") // said here, so that it is decompressed here, within limits
        .alsoAccept(REDIRECTS);
    known.ifPresent(visit -> {
      visit.validators().conditions().forEach(asked::header);
      asked.alsoAccept(NOT_MODIFIED);
    });
    try {
      return client.stream(asked.discard(), response -> {
        var reply = answered(startedAt); // the headers are there, the body is still to come
        if (known.isPresent() && response.status() == NOT_MODIFIED) {
          return new Fetched(new Outcome.Unchanged(known.get()), reply);
        }
        return read(address, response, reply, new BodyReader(limits, time, startedAt));
      });
    } catch (HttpStatusException answer) {
      return new Fetched(new Outcome.Refused(answer.status()), reply(answer, startedAt));
    } catch (UncheckedIOException broken) { // the body is there, and not one that we want
      var reason =
          "the body cannot be used: " + requireNonNull(broken.getCause()).getMessage();
      return new Fetched(new Outcome.Failed(reason), answered(startedAt));
    } catch (ApiException failure) {
      return new Fetched(
          new Outcome.Failed(reason(failure)),
          failure.isWorthRetryingLater() ? new Reply.Failed() : answered(startedAt));
    }
  }

  private static String reason(ApiException failure) {
    return failure instanceof RejectedException rejected && rejected.by() == By.ADDRESS_GUARD
        ? "it leads into a private network; allow private addresses if that is meant"
        : String.valueOf(failure.getMessage());
  }

  /**
   * Asks for the {@code robots.txt} of an origin. One that does not exist allows everything; one that
   * cannot be had forbids everything (RFC 9309, section 2.3.1).
   */
  public RobotsAnswer robots(String origin) {
    var address = URI.create(origin + "/robots.txt");
    try {
      return client.stream(
          get(address).discard(),
          response -> new RobotsAnswer.Known(
              RobotsRules.parse(address, response.body().readNBytes(MAX_ROBOTS_BYTES))));
    } catch (HttpStatusException answer) {
      return saysMissing(answer.status())
          ? new RobotsAnswer.Known(RobotsRules.allowAll())
          : new RobotsAnswer.Unavailable(String.valueOf(answer.getMessage()));
    } catch (ApiException failure) {
      return failure.isWorthRetryingLater()
          ? new RobotsAnswer.Unavailable(reason(failure))
          : new RobotsAnswer.Unreachable(reason(failure));
    }
  }

  /* As a text: a URI denies that a_b.example.org is a host, which it is to servers and browsers. */
  private static ApiRequest.Builder get(URI address) {
    return ApiRequest.get(address.toString());
  }

  /** Any status from 400 to 499; but 429 only says "not now". */
  private static boolean saysMissing(int status) {
    return status >= 400 && status < 500 && status != 429;
  }

  private Reply answered(long startedAt) {
    return new Reply.Answered(Duration.ofNanos(time.nanoTime() - startedAt));
  }

  private Reply reply(HttpStatusException answer, long startedAt) {
    return switch (answer.status()) {
      case 429, 503 -> new Reply.Throttled(answer.retryAfter());
      case 408, 502, 504 -> new Reply.Failed();
      default -> answered(startedAt);
    };
  }

  private Fetched read(
      URI address, ApiResponse<InputStream> response, Reply reply, BodyReader reader)
      throws IOException {
    var at = Instant.now();
    var isKept = keep.contains(Keep.EXCHANGES);
    var contentType = response.headers().first("Content-Type").orElse("");
    var isContent = response.status() < 300;
    var isPage = isContent && isHtml(contentType);
    var mayBeSitemap =
        isContent && keep.contains(Keep.SITEMAPS) && Sitemap.isPossible(address, contentType);
    var body = isPage || isKept || mayBeSitemap
        ? reader.read(
            response.body(), response.headers().first("Content-Encoding").orElse(""))
        : Body.EMPTY;
    var exchange =
        isKept ? Optional.of(exchange(address, at, response, body)) : Optional.<Exchange>empty();
    if (isPage) {
      var page = PageParser.parse(body.content(), charset(contentType), address);
      var outcome = new Outcome.Page(page.title(), body.content().length, page.links());
      return new Fetched(
          outcome,
          reply,
          Optional.of(page),
          Optional.empty(),
          exchange,
          validators(response, body));
    }
    var sitemap = mayBeSitemap
        ? Sitemap.parse(address, uncompressed(body.content()))
        : Optional.<Sitemap>empty();
    var outcome = isContent ? new Outcome.Other(contentType) : redirect(address, response);
    return new Fetched(
        outcome, reply, Optional.empty(), sitemap, exchange, validators(response, body));
  }

  private static Validators validators(ApiResponse<?> response, Body body) {
    return response.status() == OK && !body.isCut()
        ? new Validators(header(response, "ETag"), header(response, "Last-Modified"))
        : Validators.NONE;
  }

  private static Optional<String> header(ApiResponse<?> response, String name) {
    return response.headers().first(name).filter(value -> value.length() <= LONGEST_VALIDATOR);
  }

  private static Optional<String> charset(String contentType) {
    return CHARSET.matcher(contentType).results().findFirst().map(found -> found.group(1));
  }

  /* A sitemap may be a compressed file, which is not the same as one compressed on its way. */
  private byte[] uncompressed(byte[] content) throws IOException {
    var isCompressed =
        content.length > 2 && (content[0] & 0xFF) == 0x1F && (content[1] & 0xFF) == 0x8B;
    return isCompressed
        ? new BodyReader(limits, time, time.nanoTime())
            .read(new ByteArrayInputStream(content), "gzip")
            .content()
        : content;
  }

  private static Exchange exchange(URI address, Instant at, ApiResponse<?> response, Body body) {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    response
        .headers()
        .names()
        .forEach(name -> headers.put(name, response.headers().all(name)));
    return new Exchange(address, at, response.status(), headers, body);
  }

  private static Outcome redirect(URI address, ApiResponse<InputStream> response) {
    return response
        .headers()
        .first("Location")
        .flatMap(location -> Addresses.resolve(address, location))
        .<Outcome>map(target -> new Outcome.Redirect(response.status(), target))
        .orElseGet(() -> new Outcome.Refused(response.status()));
  }

  private static boolean isHtml(String contentType) {
    var type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/html") || type.startsWith("application/xhtml+xml");
  }

  /** Closes the connections. */
  @Override
  public void close() {
    client.close();
  }
}
