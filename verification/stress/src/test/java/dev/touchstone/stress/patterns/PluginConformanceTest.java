package dev.touchstone.stress.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.PluginState;
import dev.touchstone.patterns.plugin.Reclamation;
import dev.touchstone.patterns.plugin.Trust;
import dev.touchstone.patterns.testing.PluginJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginManager;

/**
 * What must not happen to plugins, with the plugin host and with PF4J: each {@code host…} shows the
 * wanted behaviour, each {@code pf4j…} what the current release of PF4J does with the same plugins.
 */
class PluginConformanceTest {

  private static final String LOG = "touchstone.conformance";

  @TempDir
  private Path directory;

  private final List<Object> log = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void shareTheLogWithPlugins() {
    System.getProperties().put(LOG, log);
  }

  /** Writes the same plugin for both: a file for each folder. */
  private void plugin(
      String file, String id, String version, String start, String stop, String... requires) {
    var body = """
        package p.%s;
        public class Main %s {
          static void log(String event) {
            ((java.util.List<Object>) System.getProperties().get("touchstone.conformance")).add(event);
          }
          public void start(%s) { log("start %s"); %s }
          public void stop() { log("stop %s"); %s }
        }
        """;
    var name = "p." + id + ".Main";
    var own = PluginJar.of(id, version)
        .mainClass(name)
        .source(
            name,
            body.formatted(
                id,
                "implements dev.touchstone.patterns.plugin.Plugin",
                "dev.touchstone.patterns.plugin.PluginContext c",
                id,
                start,
                id,
                stop));
    var dependencies = new ArrayList<String>();
    for (var required : requires) {
      dependencies.add(required + "@*");
    }
    own.requires(String.join(",", dependencies)).writeTo(folder("host").resolve(file));
    PluginJar.withoutDescriptor()
        .resource(
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nPlugin-Id: " + id
                + "\nPlugin-Version: " + version + "\nPlugin-Class: " + name
                + (requires.length == 0
                    ? ""
                    : "\nPlugin-Dependencies: " + String.join(",", requires))
                + "\n")
        .source(name, body.formatted(id, "extends org.pf4j.Plugin", "", id, start, id, stop))
        .writeTo(folder("pf4j").resolve(file));
  }

  private Path folder(String name) {
    var folder = directory.resolve(name);
    folder.toFile().mkdirs();
    return folder;
  }

  private PluginHost host() {
    return PluginHost.builder()
        .directory(folder("host"))
        .trust(Trust.everything())
        .reclaimTimeout(Duration.ofSeconds(20))
        .build();
  }

  private PluginManager pf4j() {
    return new DefaultPluginManager(folder("pf4j"));
  }

  @Nested
  class StoppingAChainOfDependencies {

    private void chain() {
      plugin("1.jar", "a", "1.0.0", "", "", "b");
      plugin("2.jar", "b", "1.0.0", "", "", "c");
      plugin("3.jar", "c", "1.0.0", "", "");
    }

    @Test
    void hostReversesTheOrderOfTheStart() {
      chain();
      var host = host();
      host.load();
      host.close();

      assertThat(log)
          .containsExactly("start c", "start b", "start a", "stop a", "stop b", "stop c");
    }

    @Test
    void pf4jFailsHalfway() {
      chain();
      var manager = pf4j();
      manager.loadPlugins();
      manager.startPlugins();
      log.clear();

      var failure = catchThrowable(manager::stopPlugins);

      assertThat(failure).isInstanceOf(ConcurrentModificationException.class);
      assertThat(log).isNotEqualTo(List.of("stop a", "stop b", "stop c"));
      assertThat(manager.getStartedPlugins()).isNotEmpty();
    }
  }

  @Nested
  class ADependencyThatFailsToStart {

    private void failing() {
      plugin("1.jar", "core", "1.0.0", "if (true) throw new IllegalStateException();", "");
      plugin("2.jar", "user", "1.0.0", "", "", "core");
    }

    @Test
    void hostDoesNotStartItsDependents() {
      failing();
      try (var host = host()) {
        var report = host.load();

        assertThat(report.stateOf("user")).containsInstanceOf(PluginState.Failed.class);
        assertThat(log).containsExactly("start core");
      }
    }

    @Test
    void pf4jStartsItsDependents() {
      failing();
      var manager = pf4j();
      manager.loadPlugins();
      manager.startPlugins();

      assertThat(log).containsExactly("start core", "start user");
    }
  }

  @Nested
  class AStopThatThrows {

    private void throwing() {
      plugin("1.jar", "a", "1.0.0", "", "if (true) throw new IllegalStateException();");
    }

    @Test
    void hostReportsItAndFreesTheMemory() {
      throwing();
      try (var host = host()) {
        host.load();

        var entry = host.unload("a").entries().getFirst();

        assertThat(entry.problems()).hasSize(1);
        assertThat(entry.reclamation()).isInstanceOf(Reclamation.Reclaimed.class);
      }
    }

    @Test
    void pf4jSaysUnloadedAsIfNothingHadHappened() {
      throwing();
      var manager = pf4j();
      manager.loadPlugins();
      manager.startPlugins();

      assertThat(manager.unloadPlugin("a")).isTrue();

      assertThat(manager.getPlugin("a")).isNull();
    }
  }

  @Nested
  class OneCircle {

    private void circle() {
      plugin("1.jar", "a", "1.0.0", "", "", "b");
      plugin("2.jar", "b", "1.0.0", "", "", "a");
      plugin("3.jar", "good", "1.0.0", "", "");
    }

    @Test
    void hostStartsTheOthers() {
      circle();
      try (var host = host()) {
        assertThat(host.load().active()).extracting(plugin -> plugin.id()).containsExactly("good");
      }
    }

    @Test
    void pf4jStartsNobody() {
      circle();
      var manager = pf4j();

      var failure = catchThrowable(() -> {
        manager.loadPlugins();
        manager.startPlugins();
      });

      assertThat(failure).hasMessageContaining("Cyclic dependencies");
      assertThat(log).isEmpty();
    }
  }

  @Nested
  class OneMissingDependency {

    private void missing() {
      plugin("1.jar", "a", "1.0.0", "", "", "none");
      plugin("2.jar", "good", "1.0.0", "", "");
    }

    @Test
    void hostStartsTheOthers() {
      missing();
      try (var host = host()) {
        assertThat(host.load().active()).extracting(plugin -> plugin.id()).containsExactly("good");
      }
    }

    @Test
    void pf4jStartsNobody() {
      missing();
      var manager = pf4j();

      var failure = catchThrowable(() -> {
        manager.loadPlugins();
        manager.startPlugins();
      });

      assertThat(failure).hasMessageContaining("Dependencies");
      assertThat(log).isEmpty();
    }
  }

  @Nested
  class AListenerThatThrows {

    private void two() {
      plugin("1.jar", "a", "1.0.0", "", "");
      plugin("2.jar", "b", "1.0.0", "", "");
    }

    @Test
    void hostGoesOn() {
      two();
      try (var host = host()) {
        host.states().subscribe(status -> {
          throw new IllegalStateException("listener");
        });

        assertThat(host.load().active()).hasSize(2);
      }
    }

    @Test
    void pf4jStopsStarting() {
      two();
      var manager = pf4j();
      manager.addPluginStateListener(event -> {
        throw new IllegalStateException("listener");
      });

      var failure = catchThrowable(() -> {
        manager.loadPlugins();
        manager.startPlugins();
      });

      assertThat(failure).hasMessage("listener");
      assertThat(log).doesNotContain("start b");
    }
  }

  @Nested
  class TwoVersionsOfOnePlugin {

    private void versions() {
      plugin("1.jar", "a", "1.0.0", "", "");
      plugin("2.jar", "a", "2.0.0", "", "");
    }

    @Test
    void hostTakesTheHigher() {
      versions();
      try (var host = host()) {
        assertThat(host.load().active()).hasToString("[a 2.0.0]");
      }
    }

    @Test
    void pf4jTakesTheOneThatItReadsFirst() {
      versions();
      var manager = pf4j();

      manager.loadPlugin(folder("pf4j").resolve("1.jar"));
      var failure = catchThrowable(() -> manager.loadPlugin(folder("pf4j").resolve("2.jar")));

      assertThat(failure).hasMessageContaining("already loaded");
      assertThat(manager.getPlugin("a").getDescriptor().getVersion()).isEqualTo("1.0.0");
    }
  }
}
