package dev.touchstone.examples.taskqueue.program;

import dev.touchstone.examples.taskqueue.JobKind;
import java.util.List;

/**
 * Runs a program.
 *
 * @param command the program and its arguments, without a shell
 */
@JobKind("program.run")
public record RunProgram(List<String> command) {

  /** Copies the command. */
  public RunProgram {
    if (command == null || command.isEmpty()) {
      throw new IllegalArgumentException(
          "a job of kind 'program.run' needs a command, such as {\"command\":[\"echo\",\"hello\"]}");
    }
    command = List.copyOf(command);
  }
}
