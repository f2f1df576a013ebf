package dev.touchstone.examples.cli;

import dev.touchstone.examples.gateway.definition.OnError;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.gateway.plan.Plan;
import dev.touchstone.examples.gateway.plan.Step;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.RouteTable.Match;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what would be done for a request. */
@Command(
    name = "explain",
    description = "Tells which route of FILE a request takes, and what is done for it.",
    mixinStandardHelpOptions = true)
final class GatewayExplainCommand implements Callable<Integer> {

  private static final Pattern PATH = Pattern.compile("/(?:[^%?#\\s]|%[0-9A-Fa-f]{2})*");

  @Parameters(index = "0", paramLabel = "FILE", description = "The definition.")
  private Path file;

  @Parameters(index = "1", paramLabel = "METHOD", description = "Such as GET.")
  private String method;

  @Parameters(index = "2", paramLabel = "PATH", description = "Such as /users/7.")
  private String path;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (!PATH.matcher(path).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "PATH must begin with a slash and be percent-encoded, without a query, was '" + path
              + "'");
    }
    var plan = GatewayFile.read(file);
    var name = method.toUpperCase(Locale.ROOT);
    return switch (table(plan).match(name, path)) {
      case Match.Found found -> {
        explain(plan, found, spec.commandLine().getOut());
        yield ExitStatus.OK;
      }
      case Match.WrongMethod wrong ->
        throw new CommandFailedException(
            path + " is not for " + name + ", but for " + String.join(", ", wrong.allowed()));
      case Match.Missing missing ->
        throw new CommandFailedException(
            "no route is for " + path + "; 'touchstone gateway routes' lists them");
    };
  }

  private static RouteTable table(GatewayPlan plan) {
    return RouteTable.of(plan.routes().stream()
        .map(planned ->
            Route.of(planned.route().method(), planned.route().path().toString(), exchange -> {}))
        .toList());
  }

  private static void explain(GatewayPlan plan, Match.Found found, PrintWriter out) {
    var planned = plan.routes().stream()
        .filter(each -> each.route().name().equals(found.route().name()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("a route is in the table but not in the plan"));
    var route = planned.route();
    out.println(route.name());
    found.parameters().forEach((name, value) -> out.println("  " + name + " = " + value));
    out.println("  deadline " + route.deadline().toMillis() + " ms");
    route
        .access()
        .auth()
        .ifPresent(
            auth -> out.println("  callers bring a " + auth.name().toLowerCase(Locale.ROOT)));
    route
        .access()
        .limit()
        .ifPresent(limit -> out.printf(
            "  %d requests in %d s for each %s%n",
            limit.quota().requests(),
            limit.quota().time().toSeconds(),
            limit.per().name().toLowerCase(Locale.ROOT)));
    route.filters().forEach(filter -> out.println("  through the filter " + filter));
    switch (route.answer()) {
      case Answer.Proxy proxy -> out.println("  handed on to " + proxy.template());
      case Answer.Aggregate calls -> planned.plan().ifPresent(each -> calls(each, found, out));
    }
  }

  private static void calls(Plan plan, Match.Found found, PrintWriter out) {
    var level = 0;
    for (var steps : plan.levels()) {
      out.println(level == 0 ? "  at once:" : "  as soon as what they need is there:");
      steps.forEach(step -> out.println("    " + line(step, found.parameters())));
      level++;
    }
    out.println(
        plan.isPassThrough()
            ? "  the answer is passed on as it is"
            : "  merged in this order: "
                + plan.steps().stream().map(Step::name).collect(Collectors.joining(", ")));
  }

  private static String line(Step step, Map<String, String> parameters) {
    var call = step.call();
    var address = call.template().shown();
    for (var parameter : parameters.entrySet()) {
      address = address.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    var failure = switch (call.onError()) {
      case OnError.Required required -> "required";
      case OnError.Omit omit -> "left out if it fails";
      case OnError.Default other -> "a default if it fails";
      case OnError.Stale older -> "an older value if it fails";
    };
    return "%s: %s %s%s, %s"
        .formatted(
            step.name(),
            call.method(),
            address,
            call.forEach().map(list -> " for each of " + list.over()).orElse(""),
            failure);
  }
}
