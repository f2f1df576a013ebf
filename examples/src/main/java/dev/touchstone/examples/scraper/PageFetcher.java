package dev.touchstone.examples.scraper;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.HttpStatusException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Fetches single addresses through the client, whose retries it relies on. Safe for use by several
 * threads.
 */
final class PageFetcher {

  /** A longer page is cut here. */
  static final long MAX_PAGE_BYTES = 16 << 20;

  private static final int[] REDIRECTS = {301, 302, 303, 307, 308};

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);

  private final ApiClient client;

  PageFetcher(ApiClient client) {
    this.client = client;
  }

  /**
   * Fetches an address without following redirects. An interruption gives up and leaves the interrupt
   * flag set; the outcome is then of no use.
   */
  Outcome fetch(URI address) {
    var request = ApiRequest.get(address)
        .header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
        .alsoAccept(REDIRECTS)
        .discard();
    try {
      return client.stream(request, response -> outcome(address, response));
    } catch (HttpStatusException answer) {
      return new Outcome.Refused(answer.status());
    } catch (ApiException failure) {
      return new Outcome.Failed(String.valueOf(failure.getMessage()));
    }
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
    return new Outcome.Page(page.title(), body.count(), response.attempts().size(), page.links());
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
}
