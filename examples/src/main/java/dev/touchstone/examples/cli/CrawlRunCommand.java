package dev.touchstone.examples.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts the crawl that a file describes. */
@Command(
    name = "run",
    description = {
      "Starts the crawl that a YAML file describes. It has these entries, the first two in any case:",
      "  seed: https://example.org/",
      "  out: pages.jsonl      # beside the file",
      "  concurrency: 2",
      "  delay: 250ms          # 0 is for a site of your own",
      "  maxPages: 100000",
      "  reach: public         # or anywhere: private networks too"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlRunCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      description = {
        "The description, such as site.yaml.",
        "What the crawl knows is kept beside it, in the folder FILE.crawl."
      })
  private Path file;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Mixin
  private final DashboardOption dashboard = new DashboardOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var run = new CrawlRun(
        CrawlRun.folderFor(file),
        CrawlOptions.read(file),
        dashboard,
        spec.commandLine().getErr());
    return run.conclude(
        run.start(),
        json ? CrawlRun.Format.JSON : CrawlRun.Format.TEXT,
        spec.commandLine().getOut());
  }
}
