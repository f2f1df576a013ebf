package dev.touchstone.examples.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a crawl. */
@Command(
    name = "resume",
    description = {
      "Goes on with a crawl where its last commit was, however it ended: at its limit, by Ctrl-C,",
      "by kill -9 or with the power. Nothing is lost, and nothing is written twice.",
      "With --refresh, one that is complete is brought up to date."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlResumeCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      description = "Where the crawl is kept, such as pages.jsonl.crawl.")
  private Path folder;

  @Option(
      names = "--refresh",
      description = {
        "Visit all its addresses again. Servers are asked only for what has changed (ETag,",
        "Last-Modified); what has is written behind the records that there are."
      })
  private boolean refresh;

  @Option(
      names = "--max-pages",
      paramLabel = "N",
      description = "Another limit for the pages, those of earlier runs included.")
  private @Nullable Integer maxPages;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Mixin
  private final DashboardOption dashboard = new DashboardOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (maxPages != null && maxPages < 1) {
      throw new ParameterException(
          spec.commandLine(), "maxPages must be at least 1, was " + maxPages);
    }
    var run = new CrawlRun(folder, dashboard, spec.commandLine().getErr());
    var limit = Optional.ofNullable(maxPages);
    return run.conclude(
        refresh ? run.refresh(limit) : run.resume(limit),
        json ? CrawlRun.Format.JSON : CrawlRun.Format.TEXT,
        spec.commandLine().getOut());
  }
}
