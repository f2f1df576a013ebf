package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import dev.touchstone.examples.scraper.extract.Harvest;
import dev.touchstone.examples.scraper.page.HtmlPage;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.PageParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Tries on one page what a definition takes from pages. */
@Command(
    name = "extract",
    description = {
      "Prints what a definition takes from one page: a line of JSON for each item, and on standard",
      "error what is not as the definition expects it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlExtractCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "FILE", description = "The definition, such as site.yaml.")
  private Path file;

  @Parameters(index = "1", paramLabel = "PAGE", description = "A file with HTML, or an address.")
  private String page;

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = WebAddress.class,
      defaultValue = "http://page.invalid/",
      description = "The address that a file is taken to come from (default: ${DEFAULT-VALUE}).")
  private URI url;

  @Option(names = "--json", description = "Print items, problems and links as one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var definition = DefinitionFile.read(file);
    var harvest = definition.plan().extractor().harvest(page(definition));
    if (json) {
      spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(harvest));
    } else {
      print(harvest);
    }
    return harvest.items().isEmpty() ? ExitStatus.FAILED : ExitStatus.OK;
  }

  private HtmlPage page(CrawlDefinition definition) {
    var isAddress = page.startsWith("http://") || page.startsWith("https://");
    var address = isAddress ? Addresses.canonical(page) : Optional.<URI>empty();
    return address
        .map(from -> fetch(definition, from))
        .orElseGet(() -> PageParser.parse(read(Path.of(page)), Optional.empty(), url));
  }

  private static HtmlPage fetch(CrawlDefinition definition, URI address) {
    try (var fetcher = definition.fetcher(Version.agent())) {
      var fetched = fetcher.fetch(address);
      return fetched
          .page()
          .orElseThrow(() -> new CommandFailedException(
              "expected a page at %s, found: %s".formatted(address, inWords(fetched.outcome()))));
    }
  }

  private static String inWords(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? failed.reason() : outcome.toString();
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private void print(Harvest harvest) {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    harvest.items().forEach(item -> out.println(JsonMapper.shared().writeValueAsString(item)));
    harvest.problems().forEach(problem -> err.printf("%s: %s%n", problem.field(), problem.text()));
    if (harvest.items().isEmpty()) {
      err.println("touchstone: the page has no item of this definition");
    }
  }
}
