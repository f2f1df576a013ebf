package dev.touchstone.examples.scraper.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.examples.scraper.politeness.HostState;
import dev.touchstone.examples.scraper.politeness.HostView;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Quantities;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;

/** What the pages call things, the same on all of them. */
final class Terms {

  private Terms() {}

  /** Returns the word for an outcome. */
  static String outcome(String kind) {
    return switch (kind) {
      case "page" -> "Page";
      case "redirect" -> "Redirect";
      case "other" -> "Other file";
      case "refused" -> "Dead link";
      case "failed" -> "Failure";
      case "excluded" -> "Left alone";
      case "unchanged" -> "Unchanged";
      default -> kind;
    };
  }

  /** Returns the word for several addresses of an outcome. */
  static String outcomes(String kind) {
    return switch (kind) {
      case "page" -> "Pages";
      case "redirect" -> "Redirects";
      case "other" -> "Other files";
      case "refused" -> "Dead links";
      case "failed" -> "Failures";
      default -> outcome(kind);
    };
  }

  /** Returns what the detail of an outcome is; empty if it has none. */
  static Optional<String> detail(String kind) {
    return switch (kind) {
      case "page" -> Optional.of("Title");
      case "redirect" -> Optional.of("Leads to");
      case "other" -> Optional.of("Media type");
      case "failed" -> Optional.of("Reason");
      default -> Optional.empty();
    };
  }

  /** Returns the detail of an outcome. */
  static Html detail(String kind, String detail) {
    return kind.equals("redirect") ? address(URI.create(detail)) : Html.text(detail);
  }

  /** Returns an outcome with its colour; that of an address that waits if it is empty. */
  static Html state(Optional<String> kind) {
    if (kind.isEmpty()) {
      return tag("span", "Waiting").styled("state muted");
    }
    var mood = switch (kind.get()) {
      case "page", "unchanged" -> "good";
      case "refused", "failed" -> "bad";
      default -> "muted";
    };
    return tag("span", outcome(kind.get())).styled("state " + mood);
  }

  /** Returns what a host is doing. */
  static Html state(HostView host, Duration now) {
    return switch (host.state()) {
      case HostState.Idle idle -> tag("span", "Nothing to do").styled("state muted");
      case HostState.Busy busy ->
        tag("span", Quantities.count(busy.requests(), "request", "requests") + " under way")
            .styled("state good");
      case HostState.Ready ready -> {
        var wait = ready.at().minus(now);
        yield tag(
                "span", wait.isPositive() ? "Next in " + Quantities.time(wait) : "Next one is due")
            .styled("state good");
      }
      case HostState.Blocked blocked -> {
        var wait = blocked.until().minus(now);
        yield tag(
                "span",
                "Paused" + (wait.isPositive() ? " for " + Quantities.time(wait) : "") + ": "
                    + reason(blocked.reason()))
            .styled("state warn");
      }
    };
  }

  private static String reason(HostState.Reason reason) {
    return switch (reason) {
      case ROBOTS -> "its robots.txt cannot be had";
      case RETRY_AFTER -> "it asked for that";
      case THROTTLED -> "it is busy";
      case UNREACHABLE -> "it does not answer";
    };
  }

  /** Returns where a delay comes from. */
  static String cause(HostView.Cause cause) {
    return switch (cause) {
      case FLOOR -> "the setting";
      case CRAWL_DELAY -> "Crawl-delay in its robots.txt";
      case LATENCY -> "its answers have become slower";
    };
  }

  /** Returns a link to what is known of an address. */
  static Element address(URI address) {
    return link("/addresses/one?url=" + encoded(address.toString()), address.toString());
  }

  /** Returns a text as a value in a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
