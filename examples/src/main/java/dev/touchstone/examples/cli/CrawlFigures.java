package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlReport;
import dev.touchstone.examples.scraper.frontier.Tally;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Says how a crawl gets on and how it went: in a line, in a paragraph, and as JSON. */
final class CrawlFigures {

  private CrawlFigures() {}

  /** One line for a crawl under way. */
  static String progress(CrawlEvent.Visited visit) {
    var figures = visit.soFar();
    var errors = figures.tally().failed() + figures.tally().refused();
    return "%,d pages, %,d waiting, %.0f pages/s%s  %s"
        .formatted(
            figures.pages(),
            figures.waiting(),
            figures.pagesPerSecond(),
            errors == 0 ? "" : ", errors: %,d".formatted(errors),
            visit.link().uri());
  }

  /** One line for a host that is left alone for a while. */
  static String pause(CrawlEvent.Paused paused) {
    return "%s is left alone for %s: %s"
        .formatted(
            paused.host().origin(), seconds(paused.pause()), paused.reason().inWords());
  }

  /** One line with every figure that is not zero, and the pages in any case. */
  static String summary(Tally tally) {
    var parts = new StringJoiner(", ");
    parts.add("%,d pages (%s)".formatted(tally.pages(), size(tally.bytes())));
    add(parts, tally.unchanged(), "unchanged", "unchanged");
    add(parts, tally.redirects(), "redirect", "redirects");
    add(parts, tally.other(), "other file", "other files");
    add(parts, tally.refused(), "dead link", "dead links");
    add(parts, tally.failed(), "failure", "failures");
    add(parts, tally.retries(), "retry", "retries");
    add(parts, tally.excluded(), "left alone as robots.txt asks", "left alone as robots.txt asks");
    return parts.toString();
  }

  /** Why it ended, as the beginning of a sentence. */
  static String end(CrawlReport report) {
    return switch (report.end()) {
      case NOT_YET -> "Under way";
      case COMPLETE -> "Complete";
      case LIMIT -> "Stopped at --max-pages";
      case INTERRUPTED -> "Interrupted";
    };
  }

  /** The time that it took and the pages per second. */
  static String speed(CrawlReport report) {
    return "%s, %.0f pages/s".formatted(seconds(report.elapsed()), report.pagesPerSecond());
  }

  static Map<String, Object> asJson(CrawlReport report) {
    var tally = report.tally();
    var json = new LinkedHashMap<String, Object>();
    json.put("pages", tally.pages());
    json.put("redirects", tally.redirects());
    json.put("other", tally.other());
    json.put("refused", tally.refused());
    json.put("failed", tally.failed());
    json.put("excluded", tally.excluded());
    json.put("retries", tally.retries());
    json.put("bytes", tally.bytes());
    json.put("unchanged", tally.unchanged());
    json.put("seconds", report.elapsed().toMillis() / 1e3);
    json.put("end", report.end().name().toLowerCase(Locale.ROOT));
    return json;
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1e3);
  }

  private static void add(StringJoiner parts, long count, String one, String many) {
    if (count > 0) {
      parts.add("%,d %s".formatted(count, count == 1 ? one : many));
    }
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? "%,.0f kB".formatted(bytes / 1e3)
        : "%,.1f MB".formatted(bytes / 1e6);
  }
}
