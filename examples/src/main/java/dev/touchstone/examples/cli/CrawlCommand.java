package dev.touchstone.examples.cli;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlReport;
import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.JsonLines;
import dev.touchstone.examples.scraper.SiteUnavailableException;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Crawls a real site. */
@Command(
    name = "crawl",
    description = {
      "Follows every link of a web site and writes one line of JSON for each address.",
      "It stays within the scheme, host and port of URL and obeys robots.txt."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlCommand implements Callable<Integer> {

  @Parameters(paramLabel = "URL", description = "Where to start, such as https://example.org/.")
  private URI seed;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "Where the lines go. An existing file is replaced.")
  private Path file;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many pages are fetched at a time (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--max-pages",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many pages are fetched at most (default: ${DEFAULT-VALUE}).")
  private int maxPages;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    requireWebAddress();
    var settings = settings();
    try (var out = JsonLines.create(file)) {
      return conclude(crawl(settings, out));
    } catch (SiteUnavailableException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw Failures.cannotWrite(file, e);
    } catch (IOException e) {
      throw Failures.cannotWrite(file, e);
    }
  }

  private void requireWebAddress() {
    var scheme = seed.getScheme();
    if (seed.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new ParameterException(
          spec.commandLine(),
          "URL must be an http or https address such as https://example.org/, was '" + seed + "'");
    }
  }

  private CrawlSettings settings() {
    try {
      return new CrawlSettings(concurrency, maxPages);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private CrawlReport crawl(CrawlSettings settings, JsonLines out) {
    try (var bus = EventBus.of(CrawlEvent.class).build();
        var client = ApiClient.builder()
            .defaultHeader("User-Agent", "touchstone/" + Version.number())
            .build();
        var progress = ProgressLine.onStandardError(spec.commandLine().getErr())) {
      bus.on(CrawlEvent.Visited.class, visit -> progress.show(() -> CrawlFigures.progress(visit)));
      return new Crawler(client, settings, bus).crawl(seed, out);
    }
  }

  private int conclude(CrawlReport report) {
    if (report.pages() == 0 && report.end() != End.INTERRUPTED) {
      throw new CommandFailedException(
          "found no page at %s; %s says what was found instead".formatted(seed, file));
    }
    var out = spec.commandLine().getOut();
    if (json) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("seed", seed);
      figures.put("file", file.toString());
      figures.putAll(CrawlFigures.asJson(report));
      out.println(JsonMapper.shared().writeValueAsString(figures));
    } else {
      out.printf("%s: %s%n", seed, CrawlFigures.summary(report));
      out.printf("%s in %s%n", CrawlFigures.end(report), CrawlFigures.speed(report));
      out.printf("Written to %s (%,d lines)%n", file, report.visited());
    }
    return report.end() == End.INTERRUPTED ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }
}
