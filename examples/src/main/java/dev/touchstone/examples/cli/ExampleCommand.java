package dev.touchstone.examples.cli;

import dev.touchstone.examples.basics.Lesson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Runs a one-file lesson, prints its source, or lists them all. */
@Command(
    name = "example",
    description = "Runs a one-file lesson, or prints its source.",
    mixinStandardHelpOptions = true)
final class ExampleCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The lesson to run; 'list' names them all.")
  private String name;

  @Option(names = "--source", description = "Print the source of the lesson instead of running it.")
  private boolean source;

  @Option(names = "--json", description = "With 'list': print the list as JSON.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    if (name.equals("list")) {
      list(out);
      return ExitStatus.OK;
    }
    var lesson = Lesson.named(name).orElseThrow(this::unknown);
    if (source) {
      out.print(lesson.source());
      out.flush();
    } else {
      lesson.run(out);
    }
    return ExitStatus.OK;
  }

  private void list(PrintWriter out) {
    if (json) {
      List<Map<String, String>> lessons = Lesson.all().stream()
          .map(lesson -> Map.of("name", lesson.title(), "teaches", lesson.teaches()))
          .toList();
      out.println(JsonMapper.shared().writeValueAsString(lessons));
      return;
    }
    var width =
        Lesson.all().stream().mapToInt(lesson -> lesson.title().length()).max().orElse(1);
    for (var lesson : Lesson.all()) {
      out.printf("%-" + width + "s  %s%n", lesson.title(), lesson.teaches());
    }
  }

  private CommandFailedException unknown() {
    var known = Lesson.all().stream().map(Lesson::title).collect(Collectors.joining(", "));
    return new CommandFailedException("no lesson is called '" + name + "'; there are: " + known);
  }
}
