package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlReport;
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
    var errors = figures.failed() + figures.refused();
    return "%,d pages, %,d waiting, %.0f pages/s%s  %s"
        .formatted(
            figures.pages(),
            visit.waiting(),
            figures.pagesPerSecond(),
            errors == 0 ? "" : ", errors: %,d".formatted(errors),
            visit.link().uri());
  }

  /** One line with every figure that is not zero, and the pages in any case. */
  static String summary(CrawlReport report) {
    var parts = new StringJoiner(", ");
    parts.add("%,d pages (%s)".formatted(report.pages(), size(report.bytes())));
    add(parts, report.redirects(), "redirect", "redirects");
    add(parts, report.other(), "other file", "other files");
    add(parts, report.refused(), "dead link", "dead links");
    add(parts, report.failed(), "failure", "failures");
    add(parts, report.retries(), "retry", "retries");
    add(parts, report.excluded(), "left alone as robots.txt asks", "left alone as robots.txt asks");
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
    var json = new LinkedHashMap<String, Object>();
    json.put("pages", report.pages());
    json.put("redirects", report.redirects());
    json.put("other", report.other());
    json.put("refused", report.refused());
    json.put("failed", report.failed());
    json.put("excluded", report.excluded());
    json.put("retries", report.retries());
    json.put("bytes", report.bytes());
    json.put("seconds", report.elapsed().toMillis() / 1e3);
    json.put("end", report.end().name().toLowerCase(Locale.ROOT));
    return json;
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1e3);
  }

  private static void add(StringJoiner parts, int count, String one, String many) {
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
