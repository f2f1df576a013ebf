package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.yaml.DurationText;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a crawl was asked for on the command line. It is kept in the folder of the crawl, so that going
 * on with it takes nothing but the name of the folder.
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

  private static final String FILE = "crawl.json";
  private static final int ATTEMPTS = 3;

  /** Short, because somebody is waiting to hear that the site cannot be reached. */
  private static final Duration ROBOTS_PATIENCE = Duration.ofSeconds(2);

  /**
   * Returns the settings of the crawl.
   *
   * @throws IllegalArgumentException if an option is out of its range
   */
  CrawlSettings settings() {
    var floor = DurationText.parse(delay)
        .orElseThrow(() -> new IllegalArgumentException(
            "delay must be " + DurationText.EXPECTED + ", was '" + delay + "'"));
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, was " + concurrency);
    }
    var pace = new Pace(floor, concurrency, Pace.DEFAULT.longestCrawlDelay());
    return new CrawlSettings(concurrency, maxPages, ATTEMPTS, pace, ROBOTS_PATIENCE);
  }

  CrawlOptions withMaxPages(int pages) {
    return new CrawlOptions(seed, out, concurrency, delay, pages, allowPrivate);
  }

  Reach reach() {
    return allowPrivate ? Reach.ANYWHERE : Reach.PUBLIC;
  }

  /** Keeps the options in the folder of the crawl, on the disk. */
  void save(Path folder) throws IOException {
    try (var file = new FileOutputStream(folder.resolve(FILE).toFile())) {
      file.write(JsonMapper.shared().writeValueAsBytes(this));
      file.getFD().sync();
    }
  }

  /**
   * Reads the options of the crawl that is kept in a folder.
   *
   * @throws CommandFailedException if there is none
   */
  static CrawlOptions load(Path folder) {
    var file = folder.resolve(FILE);
    try {
      return JsonMapper.shared().readValue(Files.readString(file), CrawlOptions.class);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(
          "no crawl is kept in " + folder + "; name a folder such as pages.jsonl.crawl", e);
    } catch (IOException | JacksonException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
