package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.scraper.CrawlPlan;
import dev.touchstone.examples.scraper.CrawlPlan.Sitemaps;
import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.fetch.Keep;
import dev.touchstone.examples.scraper.fetch.Limits;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.yaml.YamlFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;

/**
 * All that a crawl is asked for. Immutable.
 *
 * @param seeds where it starts, at least one address
 * @param plan where it goes, and what it takes from the pages
 * @param settings how much of it, and how fast
 * @param reach where requests may go
 * @param limits what one answer may cost
 * @param outs what it writes, at least one
 * @param fixtures pages to try the definition on
 */
public record CrawlDefinition(
    List<URI> seeds,
    CrawlPlan plan,
    CrawlSettings settings,
    Reach reach,
    Limits limits,
    List<Out> outs,
    List<Fixture> fixtures) {

  /** Copies the lists. */
  public CrawlDefinition {
    seeds = List.copyOf(seeds);
    outs = List.copyOf(outs);
    fixtures = List.copyOf(fixtures);
  }

  /**
   * Reads a definition.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   * @throws IOException if the file cannot be read
   */
  public static CrawlDefinition read(Path file) throws IOException {
    return read(file, Additions.none());
  }

  /**
   * Reads a definition that may ask for more.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   * @throws IOException if the file cannot be read
   */
  public static CrawlDefinition read(Path file, Additions additions) throws IOException {
    return DefinitionReader.read(YamlFile.read(file), additions);
  }

  /**
   * Reads the text of a definition.
   *
   * @param name what messages call it
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   */
  public static CrawlDefinition parse(String name, String yaml) {
    return parse(name, yaml, Additions.none());
  }

  /**
   * Reads the text of a definition that may ask for more.
   *
   * @param name what messages call it
   * @throws dev.touchstone.examples.yaml.YamlException if something is not as it must be
   */
  public static CrawlDefinition parse(String name, String yaml, Additions additions) {
    return DefinitionReader.read(YamlFile.parse(name, yaml), additions);
  }

  /** Returns the same with another greatest number of pages. */
  public CrawlDefinition withMaxPages(int maxPages) {
    var other = new CrawlSettings(
        settings.concurrency(),
        maxPages,
        settings.attempts(),
        settings.pace(),
        settings.robotsPatience());
    return new CrawlDefinition(seeds, plan, other, reach, limits, outs, fixtures);
  }

  /** Returns the names of the files that the crawl writes. */
  public List<String> files() {
    return outs.stream().flatMap(out -> out.files().stream()).toList();
  }

  /**
   * Opens what fetches the pages.
   *
   * @param userAgent what it calls itself
   */
  public PageFetcher fetcher(String userAgent) {
    var keep = EnumSet.noneOf(Keep.class);
    if (outs.stream().anyMatch(Out.Warc.class::isInstance)) {
      keep.add(Keep.EXCHANGES);
    }
    if (plan.sitemaps() == Sitemaps.FOLLOW) {
      keep.add(Keep.SITEMAPS);
    }
    return PageFetcher.open(userAgent, reach, limits, keep);
  }

  /**
   * Returns what opens the output files and makes what writes to them.
   *
   * @param software what an archive says it was made by
   */
  public Function<OutputFiles, List<Sink>> sinks(String software) {
    return files ->
        outs.stream().map(out -> out.open(files, plan.extractor(), software)).toList();
  }
}
