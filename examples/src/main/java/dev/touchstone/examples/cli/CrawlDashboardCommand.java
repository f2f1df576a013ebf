package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.dashboard.CrawlDashboard;
import dev.touchstone.examples.scraper.frontier.FrontierException;
import dev.touchstone.examples.web.WebServerException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a crawl that rests, or runs in another process. */
@Command(
    name = "dashboard",
    description = {
      "Shows a crawl on pages for a browser on this machine, until Ctrl-C: one that rests, or one"
          + " that",
      "runs in another process. Prints their address; whoever knows it may look. Changes nothing.",
      "What hosts are doing only the process knows that crawls: see 'crawl run --dashboard'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlDashboardCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      description = "Where the crawl is kept, such as pages.jsonl.crawl.")
  private Path folder;

  @Mixin
  private final PortOption port = new PortOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try (var dashboard = CrawlDashboard.open(folder, port.port())) {
      DashboardOption.announce(dashboard.server(), spec.commandLine().getErr());
      new CountDownLatch(1).await();
      return ExitStatus.OK;
    } catch (FrontierException | WebServerException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
