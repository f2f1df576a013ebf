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
      "Starts the crawl that a YAML file describes, such as",
      "  seeds: [https://example.org/]",
      "  items: {book: {when: 'css: article', fields: {title: {css: h1, required: true}}}}",
      "  out: [{jsonl: books.jsonl}]",
      "docs/crawl-definition.md explains every key. 'touchstone crawl test' tries it out."
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
    DefinitionFile.read(file); // what is wrong with it is told by its own name
    var run =
        new CrawlRun(CrawlRun.folderFor(file), dashboard, spec.commandLine().getErr());
    return run.conclude(
        run.start(DefinitionFile.text(file)),
        json ? CrawlRun.Format.JSON : CrawlRun.Format.TEXT,
        spec.commandLine().getOut());
  }
}
