package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.CrawlHomeException;
import dev.touchstone.examples.scraper.CrawlReport;
import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.frontier.FrontierException;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.sink.OutputException;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.PageLines;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
  private final CrawlOptions options;
  private final DashboardOption dashboard;
  private final PrintWriter err;
  private Optional<String> firstFailure = Optional.empty();

  CrawlRun(Path folder, CrawlOptions options, DashboardOption dashboard, PrintWriter err) {
    this.folder = folder;
    this.options = options;
    this.dashboard = dashboard;
    this.err = err;
  }

  /** Returns the folder that a crawl is kept in, which is beside the file that gives it its name. */
  static Path folderFor(Path file) {
    return Path.of(file + ".crawl");
  }

  /** Starts the crawl; one that was kept in the folder is replaced. */
  CrawlReport start() {
    return run(() -> {
      var home = CrawlHome.create(folder, Storage.disk(), this::sinks);
      try {
        options.save(folder);
        return home;
      } catch (IOException e) {
        home.close();
        throw Failures.cannotWrite(folder, e);
      }
    });
  }

  /** Goes on with the crawl that is kept in the folder. */
  CrawlReport resume() {
    return run(() -> CrawlHome.open(folder, Storage.disk(), this::sinks));
  }

  private List<Sink> sinks(OutputFiles files) {
    return List.of(new PageLines(files.open(options.out())));
  }

  @SuppressWarnings("try") // the dashboard is there to be closed
  private CrawlReport run(Supplier<CrawlHome> opened) {
    try (var bus = EventBus.of(CrawlEvent.class).build();
        var fetcher = PageFetcher.open("touchstone/" + Version.number(), options.reach());
        var home = opened.get();
        var shown = dashboard.show(folder, bus, err);
        var progress = ProgressLine.onStandardError(err)) {
      bus.on(CrawlEvent.Visited.class, this::note);
      bus.on(CrawlEvent.Visited.class, visit -> show(visit, progress));
      bus.on(CrawlEvent.Paused.class, paused -> progress.show(() -> CrawlFigures.pause(paused)));
      return new Crawler(fetcher, options.settings(), bus).crawl(options.seed(), home);
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

  /**
   * Prints what came of the crawl.
   *
   * @return the exit status
   * @throws CommandFailedException if it found no page
   */
  int conclude(CrawlReport report, Format format, PrintWriter out) {
    var file = folder.resolveSibling(options.out());
    var isInterrupted = report.end() == End.INTERRUPTED;
    if (report.pages() == 0 && !isInterrupted) {
      throw new CommandFailedException(firstFailure
          .map(reason -> "cannot crawl %s: %s".formatted(options.seed(), reason))
          .orElse("found no page at %s; %s says what was found instead"
              .formatted(options.seed(), file)));
    }
    if (format == Format.JSON) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("seed", options.seed());
      figures.put("file", file.toString());
      figures.putAll(CrawlFigures.asJson(report));
      out.println(JsonMapper.shared().writeValueAsString(figures));
    } else {
      out.printf("%s: %s%n", options.seed(), CrawlFigures.summary(report.tally()));
      out.printf("%s in %s%n", CrawlFigures.end(report), CrawlFigures.speed(report));
      out.printf("Written to %s (%,d lines)%n", file, report.tally().visited());
      if (report.waiting() > 0) {
        out.printf("Go on with: touchstone crawl resume %s%n", folder);
      }
    }
    return isInterrupted ? ExitStatus.INTERRUPTED : ExitStatus.OK;
  }
}
