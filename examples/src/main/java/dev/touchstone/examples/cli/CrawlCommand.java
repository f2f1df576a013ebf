package dev.touchstone.examples.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Crawls a real site. */
@Command(
    name = "crawl",
    description = {
      "Follows every link of a web site and writes one line of JSON for each address.",
      "It stays within the scheme, host and port of URL and obeys robots.txt."
    },
    subcommands = {
      CrawlRunCommand.class,
      CrawlResumeCommand.class,
      CrawlStatusCommand.class,
      CrawlDashboardCommand.class,
      CrawlWhyCommand.class,
      CrawlFetchCommand.class,
      CrawlRobotsCommand.class,
      CrawlExtractCommand.class,
      CrawlTestCommand.class,
      CrawlExportCommand.class
    },
    synopsisSubcommandLabel = "[run|resume|status|dashboard|why|fetch|robots|extract|test|export]",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "Where to start, such as https://example.org/.")
  private @Nullable URI seed;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = {
        "Where the lines go. An existing file is replaced.",
        "What the crawl knows is kept beside it, in the folder FILE.crawl."
      })
  private @Nullable Path file;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "" + CrawlOptions.CONCURRENCY,
      description = "How many pages are fetched at a time (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      defaultValue = CrawlOptions.DELAY,
      description = {
        "The shortest time between two requests (default: ${DEFAULT-VALUE}).",
        "0 is for a site of your own."
      })
  private String delay;

  @Option(
      names = "--max-pages",
      paramLabel = "N",
      defaultValue = "" + CrawlOptions.MAX_PAGES,
      description = "How many pages are fetched at most (default: ${DEFAULT-VALUE}).")
  private int maxPages;

  @Option(
      names = "--allow-private",
      description = "Allow addresses of this machine and of private networks.")
  private boolean allowPrivate;

  @Option(names = "--json", description = "Print the figures as one JSON object.")
  private boolean json;

  @Mixin
  private final DashboardOption dashboard = new DashboardOption();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (seed == null || file == null) {
      throw wrong(
          "a URL and --out FILE are needed, such as 'crawl https://example.org/ --out pages.jsonl'");
    }
    requireWebAddress(seed);
    var run =
        new CrawlRun(CrawlRun.folderFor(file), dashboard, spec.commandLine().getErr());
    return run.conclude(
        run.start(options(seed, file).toYaml()),
        json ? CrawlRun.Format.JSON : CrawlRun.Format.TEXT,
        spec.commandLine().getOut());
  }

  private CrawlOptions options(URI seed, Path file) {
    var name = String.valueOf(file.getFileName());
    try {
      return new CrawlOptions(seed, name, concurrency, delay, maxPages, allowPrivate);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private void requireWebAddress(URI address) {
    var scheme = address.getScheme();
    if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw wrong("URL must be an http or https address such as https://example.org/, was '"
          + address + "'");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
