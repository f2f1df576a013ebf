package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.frontier.CrawlView.AddressView;
import dev.touchstone.examples.scraper.frontier.FrontierException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Tells where a crawl stands, or where one address does. */
@Command(
    name = "status",
    description = {
      "Tells where a crawl stands, also while it runs, or where one of its addresses does."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlStatusCommand implements Callable<Integer> {

  private static final int MOST_ROWS = 10;

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "Where the crawl is kept, such as pages.jsonl.crawl.")
  private Path folder;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "URL",
      description = "An address: how the crawl came to it, and what became of it.")
  private @Nullable String address;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (var view = CrawlView.open(CrawlHome.database(folder))) {
      var out = spec.commandLine().getOut();
      if (address == null) {
        print(view, out);
      } else {
        print(find(view, address), out);
      }
      return ExitStatus.OK;
    } catch (FrontierException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private AddressView find(CrawlView view, String text) {
    var canonical = Addresses.canonical(text)
        .orElseThrow(() -> new ParameterException(
            spec.commandLine(),
            "URL must be an http or https address such as https://example.org/, was '" + text
                + "'"));
    return view.address(canonical)
        .orElseThrow(() -> new CommandFailedException("the crawl never came upon " + canonical));
  }

  private void print(AddressView found, PrintWriter out) {
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(found));
      return;
    }
    out.println(found.address());
    out.printf("  found on  %s%n", found.foundOn().map(Object::toString).orElse("(a seed)"));
    out.printf("  depth     %d%n", found.depth());
    out.printf("  fetched   %d times%n", found.attempts());
    switch (found.state()) {
      case QUEUED -> out.println("  state     waits to be visited");
      case LEASED -> out.println("  state     is being visited");
      case DONE -> {
        var status = found.status().map(code -> " (" + code + ")").orElse("");
        out.printf("  outcome   %s%s%n", found.outcome().orElse(""), status);
        found.detail().ifPresent(detail -> out.printf("  detail    %s%n", detail));
      }
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
