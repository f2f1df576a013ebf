package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RecipeChecks;
import dev.touchstone.examples.pluginapp.recipe.RunState;
import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of bad jar in the folder of the user stops itself and its dependents, and says why. */
class BadPluginTest {

  @TempDir
  private Path folder;

  private Path plugins;
  private PluginHome home;
  private Workbench workbench;

  @BeforeEach
  void open() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    home = PluginHome.at(folder);
    workbench = Workbench.open(home);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private Path put(String name, PluginJar jar) {
    var file = jar.writeTo(plugins.resolve(name + ".jar"));
    home.trust(file);
    return file;
  }

  /** Returns what is said of the jars that are not at work, after all others are. */
  private List<String> objections() {
    var report = workbench.load();
    assertThat(report.active())
        .hasSizeGreaterThanOrEqualTo(workbench.shippedIds().size());
    return report.problems().stream().map(Problems::describe).toList();
  }

  @Test
  void thatIsNoJar() throws IOException {
    Files.writeString(plugins.resolve("text.jar"), "not a jar");

    assertThat(objections()).singleElement().asString().startsWith("text.jar was not let in: ");
  }

  @Test
  void thatNobodyTrusts() {
    TestRecipes.stamp("1.0.0").writeTo(plugins.resolve("stamp.jar"));

    assertThat(objections())
        .singleElement()
        .asString()
        .startsWith("stamp.jar was not let in: ")
        .contains("its SHA-256 " + JarFacts.sha256(plugins.resolve("stamp.jar")) + " is not in ")
        .endsWith("install it with --trust");
  }

  @Test
  void thatNobodyTrustsAndThatHasTheIdOfAGoodOne() {
    PluginJar.of("csv", "2.0.0").writeTo(plugins.resolve("csv.jar"));

    assertThat(objections()).singleElement().asString().startsWith("csv.jar was not let in: ");
    assertThat(active("csv")).contains("csv 1.0.0");
  }

  @Test
  void thatWasChangedSinceItWasTrusted() throws IOException {
    put("stamp", TestRecipes.stamp("1.0.0"));
    TestRecipes.stamp("1.0.1").writeTo(plugins.resolve("stamp.jar"));

    assertThat(objections()).singleElement().asString().contains(" is not in ");
  }

  @Test
  void thatSaysNothingAboutItself() {
    put("mute", PluginJar.withoutDescriptor().resource("readme.txt", "hello"));

    assertThat(objections()).singleElement().asString().contains("the jar has no descriptor");
  }

  @Test
  void thatIsForAnotherVersionOfTheWorkbench() {
    put("future", TestRecipes.stamp("1.0.0").property("host", "^7.0"));

    assertThat(objections()).singleElement().asString().contains("7.0").contains(Workbench.VERSION);
  }

  @Test
  void thatLacksWhatItRequires() {
    put("needy", PluginJar.of("needy", "1.0.0").requires("nowhere@^1.0"));
    put("needier", PluginJar.of("needier", "1.0.0").requires("needy@*"));

    assertThat(objections())
        .containsExactlyInAnyOrder(
            "needy 1.0.0 was not let in: it requires nowhere@^1.0; there is no plugin nowhere that "
                + "could be started",
            "needier 1.0.0 was not let in: it requires needy@*, which cannot be started either");
  }

  @Test
  void thatRequiresAnotherVersionThanThereIs() {
    put("modern", PluginJar.of("modern", "1.0.0").requires("csv@^9.0"));

    assertThat(objections())
        .singleElement()
        .asString()
        .contains("it requires csv@^9.0; there is only csv 1.0.0");
  }

  @Test
  void thatRequiresItselfThroughOthers() {
    put("a", PluginJar.of("a", "1.0.0").requires("b@*"));
    put("b", PluginJar.of("b", "1.0.0").requires("c@*"));
    put("c", PluginJar.of("c", "1.0.0").requires("a@*"));

    assertThat(objections())
        .hasSize(3)
        .anyMatch(line -> line.endsWith("it requires itself: a -> b -> c -> a"));
  }

  @Test
  void thatConflictsWithAnother() {
    put("base-1", PluginJar.of("base", "1.0.0"));
    put("base-2", PluginJar.of("base", "2.0.0"));
    put("old", PluginJar.of("old", "1.0.0").requires("base@^1.0"));
    put("new", PluginJar.of("new", "1.0.0").requires("base@^2.0"));

    assertThat(objections())
        .anyMatch(line -> line.contains("it requires base@^1.0, but base 2.0.0 was chosen, because "
            + "new 1.0.0 requires base@^2.0"));
  }

  @Test
  void thatFailsToStart() {
    put(
        "broken",
        PluginJar.of("broken", "1.0.0").mainClass("broken.Main").source("broken.Main", """
            package broken;
            public class Main implements dev.touchstone.patterns.plugin.Plugin {
              public void start(dev.touchstone.patterns.plugin.PluginContext context) {
                throw new IllegalStateException("no disk");
              }
            }
            """));
    put("user", PluginJar.of("user", "1.0.0").requires("broken@*"));

    assertThat(objections())
        .containsExactly(
            "broken 1.0.0 failed in the phase start: java.lang.IllegalStateException: no disk",
            "user 1.0.0 failed in the phase dependency: it requires broken@*, which failed to"
                + " start");
  }

  @Test
  void whoseClassIsMissing() {
    put(
        "hollow",
        PluginJar.of("hollow", "1.0.0")
            .extension("dev.touchstone.examples.pluginapp.api.Source", "hollow.Nothing"));

    assertThat(objections())
        .singleElement()
        .asString()
        .startsWith("hollow 1.0.0 failed in the phase extensions: ")
        .contains("hollow.Nothing");
  }

  @Test
  void thatReachesIntoTheApplication() {
    put("nosy", PluginJar.of("nosy", "1.0.0").mainClass("nosy.Main").source("nosy.Main", """
        package nosy;
        public class Main implements dev.touchstone.patterns.plugin.Plugin {
          public void start(dev.touchstone.patterns.plugin.PluginContext context) throws Exception {
            Class.forName("dev.touchstone.examples.Main");
          }
        }
        """));

    assertThat(objections())
        .singleElement()
        .asString()
        .startsWith("nosy 1.0.0 failed in the phase start: ")
        .contains("dev.touchstone.examples.Main");
  }

  @Test
  void isNamedByTheDoctorBesideWhatElseIsWrong() {
    put("needy", PluginJar.of("needy", "1.0.0").requires("nowhere@^1.0"));
    put(
        "twin",
        PluginJar.of("zwin", "1.0.0")
            .source("twin.Stamp", """
                package twin;
                import dev.touchstone.examples.pluginapp.api.*;
                import java.util.List;
                public class Stamp implements Transform {
                  public String name() { return "filter"; }
                  public String about() { return ""; }
                  public List<String> options() { return List.of(); }
                  public RowStep open(Assignment assignment) { return row -> List.of(row); }
                }
                """)
            .extension("dev.touchstone.examples.pluginapp.api.Transform", "twin.Stamp"));
    home.stop("ghost");
    var report = workbench.load();

    assertThat(new Doctor(workbench).findings(report))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("needy 1.0.0 was not let in"))
        .anyMatch(
            line -> line.equals("transform filter of zwin 1.0.0 is never used, because refine "
                + "1.0.0 has one of this name; stop one of them"))
        .anyMatch(line -> line.startsWith("ghost is kept from starting"));
  }

  @Test
  void whosePartsCannotTellWhatTheyAreIsNoneOfTheOthersBusiness() {
    put("mute", source("mute", "throw new IllegalStateException(\"no name\")", "return false"));
    workbench.load();

    assertThat(workbench.toolbox().sources().names()).contains("csv").doesNotContain("mute");
    assertThat(workbench.contributions())
        .extracting(Contribution::toString)
        .contains("source csv", "source (nameless)");
  }

  @Test
  void thatFailsWhenItIsAskedWhetherItReadsAFileEndsTheRun() {
    put("odd", source("odd", "return \"odd\"", "throw new java.io.IOException(\"no look\")"));
    workbench.load();
    TestRecipes.write(folder.resolve("rows.odd"), "1\n");
    var run =
        TestRecipes.prepare(workbench, folder, "source: rows.odd\nsink: {jsonl: out.jsonl}\n");

    assertThat(run.run()).isEqualTo(RunState.FAILED);
    assertThat(run.detail()).isEqualTo("no look");
  }

  @Test
  void thatCannotCheckARecipeObjectsToIt() {
    put(
        "rash",
        source(
            "rash", "return \"rash\"", "return false", "throw new NoClassDefFoundError(\"gone\")"));
    workbench.load();
    var recipe = Recipe.parse(
        folder.resolve("test.yaml"), "source: {rash: {file: a}}\nsink: {jsonl: out.jsonl}\n");

    assertThat(new RecipeChecks(workbench.toolbox()).objection(recipe))
        .hasValueSatisfying(objection -> assertThat(objection)
            .contains("the check of its plugin failed: java.lang.NoClassDefFoundError: gone"));
  }

  private static PluginJar source(String id, String name, String reads) {
    return source(id, name, reads, "");
  }

  private static PluginJar source(String id, String name, String reads, String check) {
    return PluginJar.of(id, "1.0.0")
        .source(id + ".Rows", """
            package %s;
            import dev.touchstone.examples.pluginapp.api.*;
            import java.util.List;
            public class Rows implements Source {
              public String name() { %s; }
              public String about() { return ""; }
              public List<String> options() { return List.of("file"); }
              public boolean reads(java.nio.file.Path file) throws java.io.IOException { %s; }
              public void check(Assignment assignment) { %s; }
              public RowReader open(Assignment assignment) { throw new UnsupportedOperationException(); }
            }
            """.formatted(id, name, reads, check))
        .extension("dev.touchstone.examples.pluginapp.api.Source", id + ".Rows");
  }

  /** A plugin that leaves a thread behind is named with it. */
  @Test
  void thatCannotBeUnloadedNamesWhatHoldsIt() {
    put(
        "clingy",
        PluginJar.of("clingy", "1.0.0").mainClass("clingy.Main").source("clingy.Main", """
            package clingy;
            public class Main implements dev.touchstone.patterns.plugin.Plugin {
              public void start(dev.touchstone.patterns.plugin.PluginContext context) {
                var thread = new Thread(() -> {
                  while (!Boolean.getBoolean("clingy.end")) {
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                  }
                }, "clingy-thread");
                thread.setDaemon(true);
                thread.start();
              }
            }
            """));
    workbench.load();
    try {
      var report = workbench.unload("clingy");

      assertThat(report.entries())
          .singleElement()
          .extracting(Problems::describe)
          .asString()
          .contains("something still holds its memory")
          .contains("clingy-thread");
    } finally {
      System.setProperty("clingy.end", "true");
    }
  }

  @Test
  void doesNotTakeThePlaceOfAGoodOne() {
    workbench.load();
    var broken = put("broken", PluginJar.of("csv", "1.0.1").mainClass("csv.Nothing"));
    var tooOld = put("old", PluginJar.of("csv", "0.1.0"));

    assertThat(Problems.describe(workbench.replace(broken)))
        .startsWith("nothing was replaced, because csv failed in the phase create: ")
        .contains("csv.Nothing");
    assertThat(Problems.describe(workbench.replace(tooOld)))
        .isEqualTo(
            "nothing was replaced, because join was not let in: it requires csv@^1.0; there is "
                + "only csv 0.1.0");
    assertThat(active("csv")).contains("csv 1.0.0");
  }

  private Optional<String> active(String id) {
    return workbench.host().plugins().stream()
        .map(status -> status.plugin().toString())
        .filter(plugin -> plugin.startsWith(id + " "))
        .findFirst();
  }
}
