package dev.touchstone.examples.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that says on which port of this machine something is shown. */
final class PortOption {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  private int port;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The port (default: a free one).")
  void port(int number) {
    port = checked(number, spec);
  }

  int port() {
    return port;
  }

  /** Returns a number if it can be that of a port. */
  static int checked(int number, CommandSpec spec) {
    if (number < 0 || number > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "PORT must be from 0 to 65535, was " + number);
    }
    return number;
  }
}
