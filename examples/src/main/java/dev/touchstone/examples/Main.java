package dev.touchstone.examples;

import dev.touchstone.examples.cli.CommandLineInterface;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Starts the command line and turns Ctrl-C into an interruption of the command that runs. */
public final class Main {

  private Main() {}

  /**
   * Runs the command that the arguments name and ends the virtual machine with its exit status.
   *
   * @param arguments a command and its options; none prints the usage
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // the output is English, its numbers too
    var signals = Signals.interrupting(Thread.currentThread());
    System.exit(signals.status(cli().run(arguments)));
  }

  private static CommandLineInterface cli() {
    return new CommandLineInterface(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }
}
