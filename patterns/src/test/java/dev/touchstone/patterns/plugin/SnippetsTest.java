package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.testing.PluginAssertions;
import dev.touchstone.patterns.testing.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that the documentation of this package shows. */
@SuppressWarnings("rawtypes")
class SnippetsTest {

  @TempDir
  private Path directory;

  private PluginJar greeter() {
    // @start region="kit"
    var jar = PluginJar.of("greeter", "1.0.0")
        .source("greet.Hello", """
            package greet;
            public class Hello implements java.util.function.Supplier<String> {
              public String get() { return "hello"; }
            }
            """)
        .extension("java.util.function.Supplier", "greet.Hello");
    // @end
    return jar;
  }

  @Test
  void host() {
    greeter().writeTo(directory.resolve("greeter.jar"));
    var seen = new ArrayList<Object>();

    // @start region="host"
    try (var host = PluginHost.builder()
        .directory(directory)
        .exposeApi("com.acme.api..") // what plugins may see of the application
        .trust(Trust.everything()) // or Trust.sha256(list), Trust.signedBy(certificates)
        .build()) {
      var loaded = host.load(); // a bad plugin is an entry of the report, never an exception
      loaded.problems().forEach(entry -> seen.add(entry.jar() + " " + entry.state()));

      host.extensions(Supplier.class).forEach(extension -> seen.add(extension.get()));

      var unloaded = host.unload("greeter"); // stopped, taken back, and seen to be out of memory
      unloaded.isClean(); // true
    }
    // @end

    assertThat(seen).containsExactly("hello");
  }

  @Test
  void kit() {
    var jar = greeter();

    // @start region="unloads"
    try (var host = PluginHost.builder().trust(Trust.everything()).build()) {
      PluginAssertions.assertUnloads(host, jar.writeTo(directory.resolve("greeter.jar")));
    }
    // @end
  }
}
