package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.cron.CronSchedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Tells when a cron expression fires. */
@Command(
    name = "cron",
    description = {
      "Tells when a cron expression fires next, with the changes of clocks in the zone:",
      "a fixed time that is left out fires right after the gap, one that comes twice fires once."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueueCronCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "EXPRESSION",
      description =
          "Minute, hour, day of the month, month, day of the week, such as '0 3 * * MON'.")
  private String expression;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many moments (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "The time zone, such as Europe/Berlin (default: ${DEFAULT-VALUE}).")
  private String zone;

  @Option(
      names = "--after",
      paramLabel = "MOMENT",
      description = "Where to begin, such as 2026-03-28T00:00:00Z (default: now).")
  private @Nullable Instant after;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (count < 1) {
      throw wrong("--count must be at least 1, was " + count);
    }
    var id = zone();
    var moments = new ArrayList<String>();
    var last = Optional.of(after == null ? Instant.now() : after);
    var schedule = schedule(id);
    for (int i = 0; i < count; i++) {
      last = last.flatMap(schedule::next);
      last.ifPresent(moment -> moments.add(moment.atZone(id).toString()));
    }
    if (moments.isEmpty()) {
      throw new CommandFailedException("'" + expression + "' does not fire within five years");
    }
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(moments));
    } else {
      moments.forEach(out::println);
    }
    return ExitStatus.OK;
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw wrong("ZONE must be a time zone such as Europe/Berlin, was '" + zone + "'");
    }
  }

  private CronSchedule schedule(ZoneId id) {
    try {
      return CronSchedule.parse(expression, id);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
