package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.sink.OutputException;
import dev.touchstone.examples.tour.Tour;
import dev.touchstone.examples.tour.TourEvent;
import dev.touchstone.examples.tour.TourReport;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Takes the tour. */
@Command(
    name = "tour",
    description = {
      "Shows the libraries at work: opens a web site and an API on this machine,",
      "crawls the one, asks the other, and says what came of it. Needs no network."
    },
    mixinStandardHelpOptions = true)
final class TourCommand implements Callable<Integer> {

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Where the files go (default: a new folder for temporary files).")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var report = take();
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asJson(report)));
    } else {
      print(report, out);
    }
    return ExitStatus.OK;
  }

  private TourReport take() throws InterruptedException {
    var target = folder == null ? temporaryFolder() : folder;
    var err = spec.commandLine().getErr();
    try (var bus = EventBus.of(TourEvent.class).build();
        var progress = ProgressLine.onStandardError(err)) {
      bus.on(
          TourEvent.Opened.class,
          opened -> err.println("The Mineral Cabinet is open at " + opened.site()));
      bus.on(
          TourEvent.Crawled.class,
          crawled -> progress.show(() -> CrawlFigures.progress(crawled.visit())));
      bus.on(
          TourEvent.Assayed.class,
          assayed ->
              progress.show(() -> "%,d of %,d assays".formatted(assayed.done(), assayed.total())));
      return new Tour(bus).take(target);
    } catch (OutputException e) {
      throw Failures.cannotWrite(e.file(), e.failure());
    } catch (UncheckedIOException e) {
      throw Failures.cannotWrite(target, e);
    } catch (FileSystemException e) {
      throw Failures.cannotWrite(target, e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot open the cabinet: " + e.getMessage(), e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("touchstone-tour-");
    } catch (IOException e) {
      throw Failures.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static void print(TourReport report, PrintWriter out) {
    var crawl = report.crawl();
    out.printf("Crawled  %s%n", CrawlFigures.summary(crawl.tally()));
    out.printf("         in %s%n", CrawlFigures.speed(crawl));
    out.printf(
        "Asked    %,d assays from the API in %,d requests, %,d of them retries%n",
        report.assays(), report.attempts(), report.attempts() - report.assays());
    out.printf(
        "Written  %s/pages.jsonl (%,d lines) and assays.jsonl (%,d lines)%n",
        report.folder(), crawl.tally().visited(), report.assays());
    out.printf("Done     in %s%n", CrawlFigures.seconds(report.elapsed()));
  }

  private static Map<String, Object> asJson(TourReport report) {
    var json = new LinkedHashMap<String, Object>();
    json.put("site", report.site());
    json.put("crawl", CrawlFigures.asJson(report.crawl()));
    json.put("assays", report.assays());
    json.put("attempts", report.attempts());
    json.put("folder", report.folder().toString());
    json.put("seconds", report.elapsed().toMillis() / 1e3);
    return json;
  }
}
