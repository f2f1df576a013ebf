package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.frontier.FrontierException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Tells where a crawl stands. */
@Command(
    name = "status",
    description = "Tells where a crawl stands, also while it runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlStatusCommand implements Callable<Integer> {

  private static final int MOST_ROWS = 10;

  @Parameters(
      paramLabel = "FOLDER",
      description = "Where the crawl is kept, such as pages.jsonl.crawl.")
  private Path folder;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (var view = CrawlView.open(CrawlHome.database(folder))) {
      print(view, spec.commandLine().getOut());
      return ExitStatus.OK;
    } catch (FrontierException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What the whole looks like, for JSON. */
  private record Status(
      CrawlView.Overview overview,
      List<CrawlView.HostFigures> hosts,
      List<CrawlView.ErrorFigures> errors) {}

  private void print(CrawlView view, PrintWriter out) {
    var status = new Status(view.overview(), view.hosts(MOST_ROWS), view.errors(MOST_ROWS));
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(status));
      return;
    }
    var tally = status.overview().tally();
    out.printf("%,d done, %,d waiting%n", tally.visited(), status.overview().waiting());
    out.println(CrawlFigures.summary(tally));
    for (var host : status.hosts()) {
      out.printf("  %s: %,d done, %,d waiting%n", host.origin(), host.done(), host.waiting());
    }
    for (var error : status.errors()) {
      out.printf(
          "  %s %s: %,d, such as %s%n",
          error.kind(), error.reason(), error.count(), error.example());
    }
  }
}
