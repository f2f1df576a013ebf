package dev.touchstone.examples.cli;

import dev.touchstone.examples.yaml.DurationText;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a crawl was asked for on the command line.
 *
 * @param seed where it starts
 * @param out the name of the output file, which is in the folder that the folder of the crawl is in
 * @param concurrency how many pages are fetched at a time
 * @param delay the shortest time between two requests
 * @param maxPages how many pages are fetched at most
 * @param allowPrivate whether addresses of private networks are allowed
 */
record CrawlOptions(
    URI seed, String out, int concurrency, String delay, int maxPages, boolean allowPrivate) {

  static final int CONCURRENCY = 2;
  static final String DELAY = "250ms";
  static final int MAX_PAGES = 100_000;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  CrawlOptions {
    if (DurationText.parse(delay).isEmpty()) {
      throw new IllegalArgumentException(
          "delay must be " + DurationText.EXPECTED + ", was '" + delay + "'");
    }
    requirePositive(concurrency, "concurrency");
    requirePositive(maxPages, "maxPages");
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }

  /**
   * Returns the definition of the crawl, so that a crawl of the command line is one like others. A text
   * in JSON is a text in YAML too, whatever is in it. The patience is short, because somebody is waiting
   * to hear that the site cannot be reached.
   */
  String toYaml() {
    return """
        seeds: [%s]
        scope: {maxPages: %d}
        concurrency: %d
        politeness: {floor: %s, perHost: %d, robotsPatience: 2s}
        reach: %s
        out: [{jsonl: %s}]
        """.formatted(
            quoted(seed.toString()),
            maxPages,
            concurrency,
            delay,
            concurrency,
            allowPrivate ? "anywhere" : "public",
            quoted(out));
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}
