package dev.touchstone.examples.basics;

import static java.util.Objects.requireNonNull;

import dev.touchstone.patterns.chain.Chain;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * The Chain of Responsibility: several are asked in turn, the first that has an answer gives it.
 *
 * <p>With an {@code otherwise} the chain is a function that always answers.
 */
final class FirstAnswerWins {

  private FirstAnswerWins() {}

  static void run(PrintWriter out) {
    var arguments = Map.of("port", "8080");
    var environment = Map.of("port", "80", "host", "example.org");
    var setting = Chain.<String, String>create()
        .then("command line", name -> Optional.ofNullable(arguments.get(name)))
        .then("environment", name -> Optional.ofNullable(environment.get(name)))
        .otherwise(name -> "default " + name);

    for (var name : new String[] {"port", "host", "user"}) {
      out.println(name + " = " + requireNonNull(setting.apply(name)));
    }
  }
}
