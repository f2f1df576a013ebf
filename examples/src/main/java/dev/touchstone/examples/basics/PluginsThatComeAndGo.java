package dev.touchstone.examples.basics;

import dev.touchstone.patterns.plugin.Extension;
import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.PluginUnloadedException;
import dev.touchstone.patterns.plugin.Reclamation;
import dev.touchstone.patterns.plugin.ReplaceReport;
import dev.touchstone.patterns.plugin.Trust;
import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Plugin architecture: code that comes, is replaced and goes while the program runs.
 *
 * <p>A plugin is a jar. Here it is compiled from source text by the test kit, so this lesson needs a
 * JDK. What it offers is used under a lease: while a use is under way the plugin is not taken away,
 * and afterwards a use throws instead of calling into dead code. At the end the garbage collector is
 * asked whether really nothing refers to the plugin any more.
 */
final class PluginsThatComeAndGo {

  private PluginsThatComeAndGo() {}

  static void run(PrintWriter out) throws IOException {
    var folder = Files.createTempDirectory("lesson");
    var upgrade = greeter("2.0.0", "good day, ").writeTo(folder.resolve("upgrade"));
    greeter("1.0.0", "hello, ").writeTo(folder.resolve("greeter.jar"));
    Files.writeString(folder.resolve("wreck.jar"), "no jar at all");
    try (var host = PluginHost.builder()
        .directory(folder)
        .trust(Trust.everything()) // or Trust.sha256, Trust.signedBy
        .reclaimTimeout(Duration.ofSeconds(30))
        .build()) {
      var loaded = host.load(); // a bad jar is an entry of the report
      out.println("at work: " + loaded.active() + ", not let in: "
          + loaded.problems().getFirst().jar().getFileName());

      var greeter = host.extensions(UnaryOperator.class).first().orElseThrow();
      out.println(greet(greeter, "Ada"));

      if (host.replace("greeter", upgrade) instanceof ReplaceReport.Replaced replaced) {
        out.println("replaced by " + replaced.started());
      }
      try {
        greet(greeter, "Ada");
      } catch (PluginUnloadedException e) {
        out.println(e.getMessage());
      }
      out.println(greet(host.extensions(UnaryOperator.class).first().orElseThrow(), "Ada"));

      var entry = host.unload("greeter").entries().getFirst();
      out.println(
          switch (entry.reclamation()) {
            case Reclamation.Reclaimed reclaimed -> "gone, and its memory is free";
            case Reclamation.Leaked leaked -> "still in memory, suspected: " + leaked.suspects();
            case Reclamation.Unverified unverified -> "gone, nobody looked";
          });
    } finally {
      delete(folder, "greeter.jar", "upgrade", "wreck.jar");
    }
  }

  private static PluginJar greeter(String version, String greeting) {
    return PluginJar.of("greeter", version)
        .source("greet.Greeter", """
            package greet;
            public class Greeter implements java.util.function.UnaryOperator<String> {
              public String apply(String name) { return "%s" + name; }
            }
            """.formatted(greeting))
        .extension("java.util.function.UnaryOperator", "greet.Greeter");
  }

  @SuppressWarnings("unchecked") // the type of an extension is a class, which has no parameters
  private static Object greet(
      @SuppressWarnings("rawtypes") Extension<UnaryOperator> greeter, String name) {
    return greeter.use(operator -> operator.apply(name));
  }

  private static void delete(Path folder, String... files) throws IOException {
    for (var file : files) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.delete(folder);
  }
}
