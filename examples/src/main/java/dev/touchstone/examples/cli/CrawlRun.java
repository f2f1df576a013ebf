package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.CrawlHomeException;
import dev.touchstone.examples.scraper.CrawlReport;
import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import dev.touchstone.examples.scraper.frontier.FrontierException;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.sink.OutputException;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Runs a crawl for a command: shows how it gets on, and what came of it. */
final class CrawlRun {

  /** How the figures are printed. */
  enum Format {
    /** In sentences. */
    TEXT,
    /** As one JSON object. */
    JSON
  }

  private final Path folder;
  private final DashboardOption dashboard;
  private final PrintWriter err;
  private Optional<String> firstFailure = Optional.empty();
  private long items;
  private long problems;

  CrawlRun(Path folder, DashboardOption dashboard, PrintWriter err) {
    this.folder = folder;
    this.dashboard = dashboard;
    this.err = err;
  }

  /** Returns the folder that a crawl is kept in, which is beside the file that gives it its name. */
  static Path folderFor(Path file) {
    return Path.of(file + ".crawl");
  }

  /** Starts a crawl by its definition; one that was kept in the folder is replaced. */
  Run start(String yaml) {
    var definition = DefinitionFile.parse(yaml);
    return run(definition, home -> {}, () -> {
      var home = CrawlHome.create(folder, Storage.disk(), definition.sinks(Version.agent()));
      try {
        DefinitionFile.save(yaml, folder);
        return home;
      } catch (IOException e) {
        home.close();
        throw Failures.cannotWrite(folder, e);
      }
    });
  }

  /** Goes on with the crawl that is kept in the folder. */
  Run resume(Optional<Integer> maxPages) {
    return goOn(maxPages, home -> {});
  }

  /** Visits all addresses again that the crawl in the folder knows. */
  Run refresh(Optional<Integer> maxPages) {
    return goOn(maxPages, CrawlHome::refresh);
  }

  private Run goOn(Optional<Integer> maxPages, Consumer<CrawlHome> first) {
    var kept = DefinitionFile.load(folder);
    var definition = maxPages.map(kept::withMaxPages).orElse(kept);
    return run(
        definition,
        first,
        () -> CrawlHome.open(folder, Storage.disk(), definition.sinks(Version.agent())));
  }

  /**
   * A run that has ended.
   *
   * @param definition what it was asked for
   * @param report what came of it
   * @param items how many items it took from pages
   * @param problems how often something on a page was not as the definition expects it
   */
  record Run(CrawlDefinition definition, CrawlReport report, long items, long problems) {}

  @SuppressWarnings("try") // the dashboard is there to be closed
  private Run run(
      CrawlDefinition definition, Consumer<CrawlHome> first, Supplier<CrawlHome> opened) {
    try (var bus = EventBus.of(CrawlEvent.class).build();
        var fetcher = definition.fetcher(Version.agent());
        var home = opened.get();
        var shown = dashboard.show(folder, bus, err);
        var progress = ProgressLine.onStandardError(err)) {
      first.accept(home);
      bus.on(CrawlEvent.Visited.class, this::note);
      bus.on(CrawlEvent.Harvested.class, this::note);
      bus.on(CrawlEvent.Visited.class, visit -> show(visit, progress));
      bus.on(CrawlEvent.Paused.class, paused -> progress.show(() -> CrawlFigures.pause(paused)));
      var crawler = new Crawler(fetcher, definition.plan(), definition.settings(), bus);
      var report = crawler.crawl(definition.seeds(), home);
      return new Run(definition, report, items, problems);
    } catch (OutputException e) {
      throw Failures.cannotWrite(e.file(), e.failure());
    } catch (CrawlHomeException | FrontierException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /* Before the first page there may be nothing but a failure, which is told in one line at the end. */
  private static void show(CrawlEvent.Visited visit, ProgressLine progress) {
    if (visit.soFar().pages() > 0) {
      progress.show(() -> CrawlFigures.progress(visit));
    }
  }

  private void note(CrawlEvent.Visited visit) {
    if (firstFailure.isEmpty() && visit.outcome() instanceof Outcome.Failed failed) {
      firstFailure = Optional.of(failed.reason());
    }
  }

  private void note(CrawlEvent.Harvested harvested) {
    items += harvested.harvest().items().size();
    problems += harvested.harvest().problems().size();
  }

  /**
   * Prints what came of the crawl.
   *
   * @return the exit status
   * @throws CommandFailedException if it found no page
   */
  int conclude(Run run, Format format, PrintWriter out) {
    var report = run.report();
    var seed = run.definition().seeds().getFirst();
    var files = run.definition().files().stream().map(folder::resolveSibling).toList();
    var isInterrupted = report.end() == End.INTERRUPTED;
    if (report.pages() == 0 && !isInterrupted) {
      throw new CommandFailedException(firstFailure
          .map(reason -> "cannot crawl %s: %s".formatted(seed, reason))
          .orElse("found no page at %s; 'touchstone crawl why %s %s' says what was found instead"
              .formatted(seed, folder, seed)));
    }
    if (format == Format.JSON) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("seed", seed);
      figures.put("files", files.stream().map(Path::toString).toList());
      figures.putAll(CrawlFigures.asJson(report));
      figures.put("items", run.items());
      figures.put("problems", run.problems());
      out.println(JsonMapper.shared().writeValueAsString(figures));
    } else {
      out.printf("%s: %s%n", seed, CrawlFigures.summary(report.tally()));
      if (!run.definition().plan().extractor().kinds().isEmpty()) {
        out.printf("%,d items, %,d problems with pages%n", run.items(), run.problems());
      }
      out.printf("%s in %s%n", CrawlFigures.end(report), CrawlFigures.speed(report));
      files.forEach(file -> out.printf("Written to %s%n", file));
      if (report.waiting() > 0) {
        out.printf("Go on with: touchstone crawl resume %s%n", folder);
      }
    }
    return isInterrupted ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }
}
