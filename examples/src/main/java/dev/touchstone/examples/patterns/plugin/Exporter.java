package dev.touchstone.examples.patterns.plugin;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** What others may add to the application. Those on the class path are there for good. */
public interface Exporter {

  /** Turns rows into a text. */
  String export(List<String> rows);

  /** Returns the exporters that were put on the class path. */
  static Stream<Exporter> installed() {
    return ServiceLoader.load(Exporter.class).stream().map(ServiceLoader.Provider::get);
  }
}
