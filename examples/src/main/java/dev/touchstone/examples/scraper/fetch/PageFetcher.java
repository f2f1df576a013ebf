package dev.touchstone.examples.scraper.fetch;

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
import dev.touchstone.examples.scraper.page.MeasuredStream;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.PageParser;
import dev.touchstone.examples.scraper.politeness.Reply;
import dev.touchstone.examples.scraper.politeness.RobotsAnswer;
import dev.touchstone.examples.scraper.politeness.RobotsRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Fetches single addresses, and the {@code robots.txt} of a site. Safe for use by several threads. */
public final class PageFetcher implements AutoCloseable {

  /** A longer page is cut here. */
  static final long MAX_PAGE_BYTES = 16 << 20;

  /** A longer file is cut here; RFC 9309, section 2.5, asks for at least 500 KiB. */
  private static final int MAX_ROBOTS_BYTES = 500 << 10;

  private static final int[] REDIRECTS = {301, 302, 303, 307, 308};

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);

  private final ApiClient client;
  private final TimeSource time;

  private PageFetcher(ApiClient client, TimeSource time) {
    this.client = client;
    this.time = time;
  }

  /**
   * Opens a fetcher.
   *
   * @param userAgent what it calls itself
   * @param reach where its requests may go
   */
  public static PageFetcher open(String userAgent, Reach reach) {
    var client = ApiClient.builder()
        .defaultHeader("User-Agent", userAgent)
        .retry(RetryPolicy.none()); // up to the one who schedules
    if (reach == Reach.PUBLIC) {
      client.addressGuard(AddressGuard.publicOnly());
    }
    return new PageFetcher(client.build(), TimeSource.system());
  }

  /**
   * Fetches an address without following redirects. An interruption gives up and leaves the interrupt
   * flag set; the outcome is then of no use.
   */
  public Fetched fetch(URI address) {
    var startedAt = time.nanoTime();
    var request = ApiRequest.get(address)
        .header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
        .alsoAccept(REDIRECTS)
        .discard();
    try {
      return client.stream(request, response -> {
        var reply = answered(startedAt); // the headers are there, the body is still to come
        return new Fetched(outcome(address, response), reply);
      });
    } catch (HttpStatusException answer) {
      return new Fetched(new Outcome.Refused(answer.status()), reply(answer, startedAt));
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
          ApiRequest.get(address).discard(),
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

  private static Outcome outcome(URI address, ApiResponse<InputStream> response)
      throws IOException {
    if (response.status() >= 300) {
      return redirect(address, response);
    }
    var contentType = response.headers().first("Content-Type").orElse("");
    if (!isHtml(contentType)) {
      return new Outcome.Other(contentType);
    }
    var charset = CHARSET.matcher(contentType).results().findFirst().map(found -> found.group(1));
    var body = new MeasuredStream(response.body(), MAX_PAGE_BYTES);
    var page = PageParser.parse(body, charset.orElse(null), address);
    return new Outcome.Page(page.title(), body.count(), page.links());
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
