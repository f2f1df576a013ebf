package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.yaml.DurationText;
import dev.touchstone.examples.yaml.YamlException;
import dev.touchstone.examples.yaml.YamlFile;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
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

  static final int CONCURRENCY = 2;
  static final String DELAY = "250ms";
  static final int MAX_PAGES = 100_000;

  private static final String FILE = "crawl.yaml";
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
      file.write(toYaml().getBytes(StandardCharsets.UTF_8));
      file.getFD().sync();
    }
  }

  /* A text in JSON is a text in YAML too, whatever is in it. */
  private String toYaml() {
    return """
        seed: %s
        out: %s
        concurrency: %d
        delay: %s
        maxPages: %d
        reach: %s
        """.formatted(
            quoted(seed.toString()),
            quoted(out),
            concurrency,
            delay,
            maxPages,
            allowPrivate ? "anywhere" : "public");
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  /**
   * Reads the options of the crawl that is kept in a folder.
   *
   * @throws CommandFailedException if there is none
   */
  static CrawlOptions load(Path folder) {
    var file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      throw new CommandFailedException(
          "no crawl is kept in " + folder + "; name a folder such as pages.jsonl.crawl");
    }
    return read(file);
  }

  /**
   * Reads options that somebody wrote down.
   *
   * @throws CommandFailedException if the file cannot be read, or is not as it must be
   */
  static CrawlOptions read(Path file) {
    try {
      var options =
          YamlFile.read(file).mapping("seed", "out", "concurrency", "delay", "maxPages", "reach");
      return new CrawlOptions(
          webAddress(options.require("seed")),
          options.require("out").text(),
          options.find("concurrency").map(n -> n.integer(1, 1_000)).orElse(CONCURRENCY),
          options.find("delay").map(CrawlOptions::delay).orElse(DELAY),
          options.find("maxPages").map(n -> n.integer(1, Integer.MAX_VALUE)).orElse(MAX_PAGES),
          options.find("reach").map(n -> n.choice(Reach.class)).orElse(Reach.PUBLIC)
              == Reach.ANYWHERE);
    } catch (YamlException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String delay(YamlNode node) {
    node.duration(); // checks it
    return node.text();
  }

  private static URI webAddress(YamlNode node) {
    return Addresses.canonical(node.text())
        .orElseThrow(() -> node.expected("an http or https address such as https://example.org/"));
  }
}
