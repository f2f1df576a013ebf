package dev.touchstone.examples.patterns.chain;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A chain as a list of functions: a stream asks them one after the other until one answers. */
record Greetings(List<Function<String, Optional<String>>> links) {

  String greet(String name) {
    return links.stream()
        .map(link -> link.apply(name))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("Hello");
  }
}
