package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.sink.OutputException;
import dev.touchstone.examples.tour.Tour;
import dev.touchstone.examples.tour.TourConsole;
import dev.touchstone.examples.tour.TourEvent;
import dev.touchstone.examples.tour.TourException;
import dev.touchstone.examples.tour.TourReport;
import dev.touchstone.examples.tour.TourStops;
import dev.touchstone.examples.web.WebServerException;
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
import java.util.concurrent.CountDownLatch;
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
      "Shows the four applications at work on a web site and APIs that it opens on this machine: crawls",
      "the site and asks an API through a durable queue, has plugins make a page of the answers, and a",
      "gateway one answer of three APIs. Needs no network. Whatever ends it, another one in the same",
      "folder goes on where it was."
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

  @Option(
      names = "--serve",
      arity = "0..1",
      paramLabel = "PORT",
      fallbackValue = "0",
      description = {
        "Leave the gateway open until Ctrl-C, and a page that leads to those of the four applications, at",
        "an address of this machine that is printed (default: a free port)."
      })
  private @Nullable Integer serve;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (serve != null) {
      PortOption.checked(serve, spec);
    }
    take();
    return ExitStatus.OK;
  }

  private void show(TourReport report, TourStops stops) throws InterruptedException {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(asJson(report)));
    } else {
      print(report, out);
    }
    out.flush();
    if (serve == null) {
      return;
    }
    try (var console = TourConsole.open(report, stops, serve)) {
      var err = spec.commandLine().getErr();
      err.println("Gateway: " + stops.gateway().uri());
      err.println("Console: " + console.server().uriWithToken());
      err.flush();
      new CountDownLatch(1).await();
    } catch (WebServerException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void take() throws InterruptedException {
    var target = folder == null ? temporaryFolder() : folder;
    var err = spec.commandLine().getErr();
    try (var bus = EventBus.of(TourEvent.class).build();
        var progress = ProgressLine.onStandardError(err)) {
      bus.on(
          TourEvent.Opened.class,
          opened -> err.println("The Mineral Cabinet is open at " + opened.site()
              + (opened.isResumed() ? "; going on with the tour that came to no end" : "")));
      bus.on(
          TourEvent.Crawled.class,
          crawled -> progress.show(() -> CrawlFigures.progress(crawled.visit())));
      bus.on(
          TourEvent.Assayed.class, assayed -> progress.show(() -> "assays: " + assayed.mineral()));
      new Tour(bus).take(target, (report, stops) -> {
        progress.clear();
        show(report, stops);
      });
    } catch (TourException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
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
    var gathered = report.gathered();
    out.printf("Crawled   %s%n", CrawlFigures.summary(report.crawl()));
    out.printf(
        "Asked     %,d assays from the API in %,d requests, %,d of them retries%n",
        report.assays(), report.attempts(), report.attempts() - report.assays());
    out.printf(
        "Queued    %,d jobs, each done%s%n",
        report.jobs(), report.isResumed() ? ", some by the tour before" : "");
    out.printf(
        "Gathered  %,d answers through the gateway, each of three APIs, %,d partial, such as%n          %s%n",
        gathered.requests(), gathered.partial(), gathered.answer());
    out.printf("Written   in %s%n", report.folder());
    out.printf(
        "          pages.jsonl, a line for each of %,d addresses%n",
        report.crawl().visited());
    out.printf("          assays.jsonl, a line for each of %,d minerals%n", report.assays());
    out.printf("          minerals.html, a page that the plugin 'report' made of them%n");
    out.printf("Done      in %s%n", CrawlFigures.seconds(report.elapsed()));
  }

  private static Map<String, Object> asJson(TourReport report) {
    var json = new LinkedHashMap<String, Object>();
    json.put("site", report.site());
    json.put("resumed", report.isResumed());
    json.put("crawl", report.crawl());
    json.put("jobs", report.jobs());
    json.put("assays", report.assays());
    json.put("attempts", report.attempts());
    json.put("gathered", report.gathered());
    json.put("folder", report.folder().toString());
    json.put("seconds", report.elapsed().toMillis() / 1e3);
    return json;
  }
}
