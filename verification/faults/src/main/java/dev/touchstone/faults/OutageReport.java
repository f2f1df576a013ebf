package dev.touchstone.faults;

import dev.touchstone.apiclient.retry.RetryPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints what retries add to an outage, and draws it. Takes about half a minute. */
public final class OutageReport {

  private static final int CALLS_PER_SECOND = 1_000;

  /* The peers have no state that calls share, so their figures do not depend on the rate; a tenth of
   * it, at ten times the speed, is what two cores can do without being late. */
  private static final int CALLS_PER_SECOND_OF_PEERS = CALLS_PER_SECOND / OutageRun.SCALE;

  private OutageReport() {}

  /**
   * Prints the table, in Markdown.
   *
   * @param arguments the file to draw the chart into
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("expected one argument, the SVG file to write");
      System.exit(2);
    }
    var lines = List.of(
        new Chart.Line("Feign 13.13", "#c33", OutageRun.feign(CALLS_PER_SECOND_OF_PEERS)),
        new Chart.Line(
            "Resilience4j 2.4.0", "#e90", OutageRun.resilience4j(CALLS_PER_SECOND_OF_PEERS)),
        new Chart.Line(
            "Touchstone", "#06c", OutageRun.touchstone(CALLS_PER_SECOND, RetryPolicy.standard())));
    System.out.print("""
        | | load added in the outage | seconds until 99 of 100 calls succeed again |
        |---|---|---|
        """);
    for (var line : lines) {
      System.out.println(row(line.name(), line.outage()));
    }
    Files.writeString(Path.of(arguments[0]), Chart.svg(lines));
  }

  static String row(String name, Outage outage) {
    return String.format(
        Locale.ROOT,
        "| %s | %+.2f %% | %d |",
        name,
        outage.extraLoad() * 100,
        outage.secondsToRecover());
  }
}
