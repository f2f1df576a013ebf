package dev.touchstone.patterns.plugin;

import dev.touchstone.patterns.testing.PluginJar;

/** Plugins that tests need more than once. */
final class Sources {

  private Sources() {}

  /** A plugin with these bodies of its start and stop. */
  static PluginJar acting(String id, String version, String start, String stop) {
    var name = "p." + id.replace('-', '_') + ".Main";
    return PluginJar.of(id, version).mainClass(name).source(name, """
            package p.%s;
            import dev.touchstone.patterns.plugin.*;
            public class Main implements Plugin {
              public void start(PluginContext c) throws Exception { %s }
              public void stop() throws Exception { %s }
            }
            """.formatted(
            id.replace('-', '_'), start, stop));
  }

  /** A plugin whose extension, a {@code Supplier}, answers with an expression. */
  static PluginJar answering(String id, String version, String expression) {
    return PluginJar.of(id, version)
        .source("p." + id + ".Answer", """
            package p.%s;
            public class Answer implements java.util.function.Supplier<Object> {
              public Object get() { return %s; }
            }
            """.formatted(id, expression))
        .extension("java.util.function.Supplier", "p." + id + ".Answer");
  }
}
