package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer;
import dev.touchstone.examples.gateway.plan.GatewayPlan.PlannedRoute;
import dev.touchstone.examples.gateway.plan.Step;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the routes of a definition. */
@Command(
    name = "routes",
    description = "Lists the routes of FILE, with the calls that each makes, level by level.",
    mixinStandardHelpOptions = true)
final class GatewayRoutesCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The definition, such as gateway.yaml.")
  private Path file;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var routes = GatewayFile.read(file).routes();
    var width =
        routes.stream().mapToInt(route -> route.route().name().length()).max().orElse(0);
    routes.forEach(route -> spec.commandLine()
        .getOut()
        .printf("%-" + width + "s  %s%n", route.route().name(), summary(route)));
    return ExitStatus.OK;
  }

  /** Returns what is done, such as {@code user, orders -> team [jwt, cached]}. */
  private static String summary(PlannedRoute planned) {
    var answer = switch (planned.route().answer()) {
      case Answer.Proxy proxy -> "proxy " + proxy.template();
      case Answer.Aggregate calls ->
        planned.plan().stream()
            .flatMap(plan -> plan.levels().stream())
            .map(level -> level.stream().map(Step::name).collect(Collectors.joining(", ")))
            .collect(Collectors.joining(" -> "));
    };
    var auth = planned.route().access().auth();
    return answer
        + auth.map(each -> " [" + each.name().toLowerCase(Locale.ROOT) + "]").orElse("")
        + (planned.route().cache().isPresent() ? " [cached]" : "");
  }
}
