package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.definition.FixtureCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Tries a definition on the pages that are kept beside it. */
@Command(
    name = "test",
    description = {
      "Checks a definition, and compares what it takes from the pages in its entry 'tests' with what is",
      "expected there. Asks no server."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlTestCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The definition, such as site.yaml.")
  private Path file;

  @Option(names = "--json", description = "Print the results as one JSON array.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  /** What came of one fixture. */
  private record Result(String page, List<String> differences) {}

  @Override
  public Integer call() {
    var definition = DefinitionFile.read(file);
    var results = definition.fixtures().stream()
        .map(fixture -> new Result(
            fixture.page(),
            FixtureCheck.differences(
                fixture,
                CrawlExtractCommand.read(file.resolveSibling(fixture.page())),
                definition.plan().extractor())))
        .toList();
    var failed =
        results.stream().filter(result -> !result.differences().isEmpty()).count();
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(results));
    } else {
      for (var result : results) {
        out.printf("%s: %s%n", result.page(), result.differences().isEmpty() ? "as expected" : "");
        result.differences().forEach(difference -> out.printf("  %s%n", difference));
      }
      out.printf(
          "The definition is valid; %d of %d pages are as expected%n",
          results.size() - failed, results.size());
    }
    return failed == 0 ? ExitStatus.OK : ExitStatus.FAILED;
  }
}
