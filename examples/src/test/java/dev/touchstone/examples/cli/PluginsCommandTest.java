package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.testing.PluginJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.json.JsonMapper;

class PluginsCommandTest {

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("in.csv"), "name,price\nRuby,900\nQuartz,3\n");
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var line = new ArrayList<>(List.of("plugins"));
    line.addAll(List.of(arguments));
    if (!List.of("new", "edit").contains(arguments[0])) {
      line.addAll(List.of("--home", folder.resolve("home").toString()));
    }
    return new CommandLineInterface(new PrintWriter(out), new PrintWriter(err))
        .run(line.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Path jar(String version) {
    return PluginJar.of("loud", version).writeTo(folder.resolve("loud-" + version + ".jar"));
  }

  @Test
  void runsARecipe() throws IOException {
    Files.writeString(folder.resolve("r.yaml"), """
        recipe: dear ones
        source: in.csv
        transforms: [{filter: {field: price, above: 100}}]
        sink: {jsonl: out.jsonl}
        """);

    assertThat(run("run", path("r.yaml"))).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "dear ones: 2 rows read, 1 written", "by csv 1.0.0, refine 1.0.0, jsonl 1.0.0");
    assertThat(run("run", path("r.yaml"), "--json")).isZero();
    assertThat(JsonMapper.shared().readTree(out.toString()).get("written").asInt())
        .isEqualTo(1);
    assertThat(run("check", path("r.yaml"))).isZero();
  }

  @Test
  void saysWhatIsWrongWithARecipe() throws IOException {
    Files.writeString(folder.resolve("r.yaml"), "source: in.csv\nsink: {jsnol: out.jsonl}\n");

    assertThat(run("run", path("r.yaml"))).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("touchstone: " + path("r.yaml")
            + ":2:7: 'jsnol' is not known here; did you mean 'jsonl'?");
    assertThat(run("check", path("r.yaml"))).isEqualTo(1);
    assertThat(run("run", path("nothing.yaml"))).isEqualTo(1);
    assertThat(err.toString()).contains("there is no file");
  }

  @Test
  void runsVerbsThatPluginsAdd() {
    assertThat(run("peek", path("in.csv"))).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly("{name=Ruby, price=900}", "{name=Quartz, price=3}");

    assertThat(run("poke", "x")).isEqualTo(2);
    assertThat(err.toString())
        .contains("no plugin adds the verb 'poke'; there are run, check,")
        .contains("peek");
  }

  @Test
  void explainsTheChoiceOfASource() {
    assertThat(run("explain", path("in.csv"))).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("csv +yes +reads it"))
        .anyMatch(line -> line.matches("jsonl +no *"));
  }

  @Test
  void takesAPluginThroughItsLife() {
    var first = jar("1.0.0");
    assertThat(run("install", first.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("install it with --trust");
    assertThat(run("install", first.toString(), "--trust")).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("loud 1.0.0 active");
    assertThat(run("info", "loud")).isZero();
    assertThat(out.toString()).startsWith("loud 1.0.0 active");
    assertThat(run("replace", jar("1.1.0").toString(), "--trust"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .startsWith("loud 1.1.0 started; loud 1.0.0 was unloaded; its memory");
    assertThat(run("stop", "loud")).isZero();
    assertThat(run("list")).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("loud +stopped"))
        .anyMatch(line -> line.matches("csv +1.0.0 +active +source csv, sink csv"));
    assertThat(run("start", "loud")).isZero();
    assertThat(out.toString()).contains("loud 1.1.0 active");
    assertThat(run("doctor")).as(out.toString()).isZero();
    assertThat(run("unload", "loud")).isZero();
    assertThat(out.toString()).contains("its memory came free after ");
    assertThat(run("info", "loud")).isEqualTo(1);
  }

  @Test
  void tellsOfPluginsThatAreNotThere() throws IOException {
    Files.createDirectories(folder.resolve("home/plugins"));
    jar("1.0.0").toFile().renameTo(folder.resolve("home/plugins/loud.jar").toFile());

    assertThat(run("doctor")).isEqualTo(1);
    assertThat(out.toString()).startsWith("loud.jar was not let in: ");
    assertThat(run("list")).isZero();
    assertThat(err.toString()).startsWith("touchstone: loud.jar was not let in: ");
  }

  @Test
  void writesTheProjectOfAPlugin() throws IOException {
    assertThat(run("new", "shout-loud", "--into", path("project")))
        .as(err.toString())
        .isZero();

    assertThat(Files.readString(
            folder.resolve("project/src/main/java/plugins/shoutloud/ShoutLoudTransform.java")))
        .contains("package plugins.shoutloud;", "return \"shout-loud\";")
        .doesNotContain("{id}", "{class}", "{package}");
    assertThat(run("new", "shout-loud", "--into", path("project"))).isEqualTo(1);
    assertThat(err.toString()).contains("exists already");
    assertThat(run("new", "Shout!", "--into", path("other"))).isEqualTo(1);
    assertThat(err.toString()).contains("as my-plugin; was 'Shout!'");
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES) // standard input is one for all
  void editsARecipeByLines() throws IOException {
    var in = System.in;
    System.setIn(new ByteArrayInputStream(
        "source csv file=in.csv\nsink jsonl file=o\nnonsense\nsave\nundo\nshow\n"
            .getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(run("edit", path("r.yaml"))).isEqualTo(1); // for one line made no sense
    } finally {
      System.setIn(in);
    }

    assertThat(Files.readString(folder.resolve("r.yaml"))).contains("sink: {jsonl: {file: o}}");
    assertThat(out.toString()).contains("ok undo").endsWith("source: {csv: {file: in.csv}}\n");
    assertThat(err.toString()).startsWith("touchstone: 'nonsense' is no verb;");
  }
}
