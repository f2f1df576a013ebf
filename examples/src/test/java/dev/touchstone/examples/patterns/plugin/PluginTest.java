package dev.touchstone.examples.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.patterns.observe.Signal;
import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.PluginUnloadedException;
import dev.touchstone.patterns.plugin.Trust;
import dev.touchstone.patterns.testing.PluginAssertions;
import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginTest {

  private static final String API = Exporter.class.getPackageName();

  @TempDir
  private Path directory;

  private final ClassicPlugins classic = new ClassicPlugins();

  private PluginHost.Builder builder() {
    return PluginHost.builder().trust(Trust.everything()).reclaimTimeout(Duration.ofSeconds(20));
  }

  /** A plugin with an exporter whose constructor and method have these bodies. */
  private PluginJar exporting(String id, String constructor, String export) {
    return PluginJar.of(id, "1")
        .source(id + ".Exporting", """
            package %s;
            import java.util.List;
            public class Exporting implements dev.touchstone.examples.patterns.plugin.Exporter {
              public Exporting() { %s }
              public String export(List<String> rows) { %s }
            }
            """.formatted(id, constructor, export))
        .extension(Exporter.class.getName(), id + ".Exporting");
  }

  private Path csv() {
    return exporting("csv", "", "return String.join(\",\", rows);")
        .writeTo(directory.resolve("csv.jar"));
  }

  private static List<String> exports(PluginHost host) {
    var exports = new ArrayList<String>();
    host.extensions(Exporter.class)
        .forEach(exporter -> exports.add(exporter.export(List.of("a", "b"))));
    return exports;
  }

  @Nested
  class TheForms {

    @Test
    void aServiceLoaderFindsWhatIsOnTheClassPath() throws IOException {
      var thread = Thread.currentThread();
      var before = thread.getContextClassLoader();
      try (var classPath = new URLClassLoader(new URL[] {csv().toUri().toURL()}, before)) {
        thread.setContextClassLoader(classPath); // as if the jar were on the class path

        assertThat(Exporter.installed().map(exporter -> exporter.export(List.of("a", "b"))))
            .containsExactly("a,b");
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    @Test
    void theClassicFormFindsWhatIsInAJar() throws IOException {
      classic.load(List.of(csv()));

      assertThat(classic.exporters())
          .extracting(exporter -> exporter.export(List.of("a", "b")))
          .containsExactly("a,b");
      classic.close();
      assertThat(classic.exporters()).isEmpty();
    }

    @Test
    void aHostFindsItToo() {
      var jar = csv();
      // @start region="catalogue"
      try (var host = PluginHost.builder()
          .exposeApi("dev.touchstone.examples.patterns.plugin")
          .trust(Trust.everything())
          .reclaimTimeout(Duration.ofSeconds(20))
          .build()) {
        host.load(List.of(jar));

        host.extensions(Exporter.class)
            .forEach(exporter -> assertThat(exporter.export(List.of("a", "b"))).isEqualTo("a,b"));

        assertThat(host.unload("csv").isClean()).isTrue(); // gone, and its memory free
      }
      // @end
    }
  }

  @Nested
  class OneBadPlugin {

    private Path bad() {
      return exporting(
              "bad", "if (true) throw new IllegalStateException(\"no licence\");", "return \"\";")
          .mainClass("bad.Main")
          .source("bad.Main", """
              package bad;
              import dev.touchstone.patterns.plugin.*;
              public class Main implements Plugin {
                public void start(PluginContext c) { throw new IllegalStateException("no licence"); }
              }
              """)
          .writeTo(directory.resolve("bad.jar"));
    }

    @Test
    void naivelyKeepsTheOthersOut() {
      assertThatThrownBy(() -> classic.load(List.of(bad(), csv())))
          .isInstanceOf(ServiceConfigurationError.class);
      assertThat(classic.exporters()).isEmpty();
    }

    @Test
    void isAnEntryOfAReport() {
      try (var host = builder().exposeApi(API).build()) {
        var report = host.load(List.of(bad(), csv()));

        assertThat(report.problems()).hasSize(1);
        assertThat(exports(host)).containsExactly("a,b");
      }
    }
  }

  @Nested
  class AnObjectThatOutlivesItsPlugin {

    /** Needs another class of its jar when it is called. */
    private Path late() {
      return exporting("late", "", "return Format.of(rows);")
          .source("late.Format", """
              package late;
              class Format {
                static String of(java.util.List<String> rows) { return "" + rows; }
              }
              """)
          .writeTo(directory.resolve("late.jar"));
    }

    @Test
    void naivelyFailsSomewhereInside() throws IOException {
      classic.load(List.of(late()));
      var kept = classic.exporters().getFirst();
      classic.close();

      assertThatThrownBy(() -> kept.export(List.of("a")))
          .isInstanceOf(NoClassDefFoundError.class)
          .hasMessage("late/Format");
    }

    @Test
    void isALeaseThatSaysSo() {
      try (var host = builder().exposeApi(API).build()) {
        host.load(List.of(late()));
        var kept = host.extensions(Exporter.class).first().orElseThrow();
        host.unload("late");

        assertThatThrownBy(() -> kept.use(exporter -> exporter.export(List.of("a"))))
            .isInstanceOf(PluginUnloadedException.class)
            .hasMessage("the plugin late 1.0.0 has been unloaded or replaced; ask the host for"
                + " extensions anew");
      }
    }
  }

  @Nested
  class ALibraryInTwoVersions {

    /** Brings a version of a library of the application that has a new method. */
    private Path withANewerLibrary() {
      return exporting("newer", "", "return org.jsoup.Jsoup.newIn99();")
          .source("org.jsoup.Jsoup", """
              package org.jsoup;
              public class Jsoup { public static String newIn99() { return "version 99"; } }
              """)
          .writeTo(directory.resolve("newer.jar"));
    }

    @Test
    void naivelyIsTheOneOfTheApplication() throws IOException {
      classic.load(List.of(withANewerLibrary()));

      assertThatThrownBy(() -> classic.exporters().getFirst().export(List.of()))
          .isInstanceOf(NoSuchMethodError.class);
      classic.close();
    }

    @Test
    void isTheOneThatThePluginBrings() {
      try (var host = builder().exposeApi(API).build()) {
        host.load(List.of(withANewerLibrary()));

        assertThat(exports(host)).containsExactly("version 99");
      }
    }
  }

  @Nested
  class AListenerThatIsForgotten {

    private final Signal<String> changes = Signal.create();

    @Test
    void naivelyKeepsThePluginInMemory() throws IOException {
      var loader = loadAndClose();

      System.gc();

      assertThat(loader.get()).isNotNull();
      assertThat(changes.emit("news")).isEqualTo(1); // and is called for ever
    }

    private WeakReference<ClassLoader> loadAndClose() throws IOException {
      classic.load(List.of(csv()));
      var exporter = classic.exporters().getFirst();
      changes.subscribe(news -> exporter.export(List.of(news)));
      classic.close();
      return new WeakReference<>(exporter.getClass().getClassLoader());
    }

    @Test
    void goesWithItsPlugin() {
      var jar = PluginJar.of("listening", "1")
          .mainClass("listening.Main")
          .source("listening.Main", """
              package listening;
              import dev.touchstone.patterns.observe.*;
              import dev.touchstone.patterns.plugin.*;
              public class Main implements Plugin {
                @SuppressWarnings("unchecked")
                public void start(PluginContext c) {
                  var changes = (Signal<String>) System.getProperties().get("examples.changes");
                  c.own(changes.subscribe(news -> getClass()));
                }
              }
              """)
          .writeTo(directory.resolve("listening.jar"));
      System.getProperties().put("examples.changes", changes);
      try (var host = builder().build()) {
        host.load(List.of(jar));
        assertThat(changes.emit("news")).isEqualTo(1);

        PluginAssertions.assertReclaimed(host.unload("listening"));

        assertThat(changes.emit("news")).isZero();
      } finally {
        System.getProperties().remove("examples.changes");
      }
    }
  }
}
