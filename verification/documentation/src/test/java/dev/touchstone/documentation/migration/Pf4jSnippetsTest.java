package dev.touchstone.documentation.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.plugin.PluginContext;
import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.ReplaceReport;
import dev.touchstone.patterns.plugin.Trust;
import dev.touchstone.patterns.plugin.UnloadReport;
import dev.touchstone.patterns.testing.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.DefaultPluginManager;
import org.pf4j.Extension;
import org.pf4j.Plugin;
import org.pf4j.PluginManager;

/** The examples of docs/migration/from-pf4j.md. */
class Pf4jSnippetsTest {

  private static final String POLITE = """
      package polite;
      %s
      public class Polite implements dev.touchstone.documentation.migration.Greeting {
        public String greet(String name) { return "%s, " + name; }
      }
      """;

  @TempDir
  private Path directory;

  private final List<String> greetings = new ArrayList<>();

  @BeforeEach
  void makeFolders() throws Exception {
    Files.createDirectories(directory.resolve("pf4j"));
    Files.createDirectories(directory.resolve("host"));
  }

  // @start region="before-plugin"
  public static class PolitePlugin extends Plugin {

    private ExecutorService letters;

    @Override
    public void start() {
      letters = Executors.newFixedThreadPool(2);
    }

    @Override
    public void stop() {
      letters.shutdown(); // forgotten, it keeps the classes of the plugin in memory
    }
  }

  @Extension
  public static class Polite implements Greeting {
    @Override
    public String greet(String name) {
      return "Good day, " + name;
    }
  }

  // @end

  // @start region="after-plugin"
  public static class PolitePluginAfter implements dev.touchstone.patterns.plugin.Plugin {

    private ExecutorService letters;

    @Override
    public void start(PluginContext context) {
      letters = context.newExecutor(2); // ends with the plugin
    }
  }

  // @end

  private Path pf4jJar(String version, String words) {
    return PluginJar.withoutDescriptor()
        .resource(
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nPlugin-Id: polite\nPlugin-Version: " + version + "\n")
        .resource("META-INF/extensions.idx", "polite.Polite\n")
        .source("polite.Polite", POLITE.formatted("@org.pf4j.Extension", words))
        .writeTo(directory.resolve("pf4j/polite-" + version + ".jar"));
  }

  private Path hostJar(Path file, String version, String words) {
    return PluginJar.of("polite", version)
        .source("polite.Polite", POLITE.formatted("", words))
        .extension(Greeting.class.getName(), "polite.Polite")
        .writeTo(file);
  }

  @Test
  void hostBefore() {
    pf4jJar("1.0.0", "Good day");
    var folder = directory.resolve("pf4j");
    // @start region="before-host"
    PluginManager plugins = new DefaultPluginManager(folder);
    plugins.loadPlugins();
    plugins.startPlugins();

    for (var greeting : plugins.getExtensions(Greeting.class)) {
      greetings.add(greeting.greet("Ada"));
    }

    plugins.unloadPlugin("polite"); // true, whether or not its memory comes free
    plugins.stopPlugins();
    // @end
    assertThat(greetings).containsExactly("Good day, Ada");
  }

  @Test
  void hostAfter() {
    hostJar(directory.resolve("host/polite-1.0.0.jar"), "1.0.0", "Good day");
    var folder = directory.resolve("host");
    // @start region="after-host"
    var plugins = PluginHost.builder()
        .directory(folder)
        .exposeApi(Greeting.class.getPackageName()) // plugins see nothing else of the application
        .trust(Trust.everything())
        .build();
    plugins.load().problems().forEach(problem -> greetings.add("not loaded: " + problem));

    plugins
        .extensions(Greeting.class)
        .forEach(greeting -> greetings.add(greeting.greet("Ada"))); // not unloaded meanwhile

    UnloadReport report = plugins.unload("polite"); // says whether its memory came free
    plugins.close();
    // @end
    assertThat(greetings).containsExactly("Good day, Ada");
    assertThat(report.isClean()).isTrue();
  }

  @Test
  void updateBefore() {
    pf4jJar("1.0.0", "Good day");
    PluginManager plugins = new DefaultPluginManager(directory.resolve("pf4j"));
    plugins.loadPlugins();
    plugins.startPlugins();
    var newJar = pf4jJar("1.1.0", "Good evening");
    // @start region="before-update"
    plugins.unloadPlugin("polite"); // from here on there is no greeting
    plugins.loadPlugin(newJar);
    plugins.startPlugin("polite"); // and if this fails, there is none any more
    // @end
    plugins.getExtensions(Greeting.class).forEach(it -> greetings.add(it.greet("Ada")));
    assertThat(greetings).containsExactly("Good evening, Ada");
    plugins.unloadPlugin("polite");
  }

  @Test
  void updateAfter() {
    hostJar(directory.resolve("host/polite.jar"), "1.0.0", "Good day");
    try (var plugins = PluginHost.builder()
        .directory(directory.resolve("host"))
        .exposeApi(Greeting.class.getPackageName())
        .trust(Trust.everything())
        .build()) {
      plugins.load();
      var newJar = hostJar(directory.resolve("new.jar"), "1.1.0", "Good evening");
      // @start region="after-update"
      ReplaceReport report = plugins.replace("polite", newJar); // the old one stays if this fails
      // @end
      plugins.extensions(Greeting.class).forEach(it -> greetings.add(it.greet("Ada")));
      assertThat(greetings).as("%s", report).containsExactly("Good evening, Ada");
    }
  }
}
