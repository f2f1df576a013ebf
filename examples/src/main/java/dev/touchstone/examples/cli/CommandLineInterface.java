package dev.touchstone.examples.cli;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses a command line, runs its command, and reports a failure in one line. */
public final class CommandLineInterface {

  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * Creates a command line that prints to the given writers.
   *
   * @param out for results
   * @param err for progress and errors
   */
  public CommandLineInterface(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command that the arguments name, in the calling thread. An interruption of that thread
   * ends the command early.
   *
   * @return the exit status: 0 for success, 1 for a failure, 2 for wrong usage, 130 if interrupted
   */
  public int run(String... arguments) {
    return new CommandLine(new TouchstoneCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((failure, args) -> reportUsage(failure))
        .setExecutionExceptionHandler((failure, command, result) -> report(failure))
        .execute(arguments);
  }

  private int reportUsage(ParameterException failure) {
    var command = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println("touchstone: %s%s; see '%s --help'"
        .formatted(oneLine(failure), suggestion(failure), command));
    return ExitStatus.USAGE;
  }

  private int report(Exception failure) {
    if (failure instanceof CommandFailedException) {
      err.println("touchstone: " + oneLine(failure));
      return ExitStatus.FAILED;
    }
    if (failure instanceof InterruptedException) {
      err.println("touchstone: interrupted");
      return ExitStatus.INTERRUPTED;
    }
    err.println("touchstone: this is a defect, please report it:");
    failure.printStackTrace(err);
    return ExitStatus.FAILED;
  }

  private static String suggestion(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return " (did you mean " + unmatched.getSuggestions().getFirst() + "?)";
    }
    return "";
  }

  private static String oneLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().map(String::strip).collect(joining(" "));
  }
}
