package dev.touchstone.examples.pluginapp.api;

import java.io.IOException;
import java.util.List;

/** An extension point: a verb behind {@code touchstone plugins}. */
public interface Command {

  /** Returns the verb. */
  String name();

  /** Returns in a sentence what it does. */
  String about();

  /**
   * Does it.
   *
   * @param arguments what follows the verb
   * @throws IllegalArgumentException if the arguments are wrong; the message is for the user
   * @throws IOException if it cannot be done; the message is for the user
   */
  void run(Bench bench, List<String> arguments) throws IOException;
}
