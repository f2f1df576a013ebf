package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.touchstone.examples.pluginapp.recipe.Recipe;
import dev.touchstone.examples.pluginapp.recipe.RecipeChecks;
import dev.touchstone.examples.pluginapp.recipe.RecipeRun;
import dev.touchstone.examples.pluginapp.recipe.RunState;
import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

  @TempDir
  private Path folder;

  private Workbench workbench;

  @BeforeEach
  void open() {
    workbench = Workbench.open(PluginHome.at(folder.resolve("home")));
    workbench.load();
    TestRecipes.write(folder.resolve("minerals.csv"), """
        name,group,price
        Quartz,oxide,3
        "Gold, native",element,5800
        Ruby,oxide,900
        """);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private RecipeRun finished(String yaml) {
    var run = TestRecipes.prepare(workbench, folder, yaml);
    run.run();
    assertThat(run.state()).as(run.detail()).isEqualTo(RunState.FINISHED);
    return run;
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void choosesTheSourceByTheFile() throws IOException {
    var run = finished("""
        source: minerals.csv
        sink: {jsonl: out.jsonl}
        """);

    assertThat(text("out.jsonl")).isEqualTo("""
        {"name":"Quartz","group":"oxide","price":"3"}
        {"name":"Gold, native","group":"element","price":"5800"}
        {"name":"Ruby","group":"oxide","price":"900"}
        """);
    assertThat(run.progress().written()).isEqualTo(3);
  }

  @Test
  void readsWhatASpreadsheetHasMarkedAsUtf8() throws IOException {
    TestRecipes.write(folder.resolve("marked.csv"), "\uFEFF\"name\",price\nQuartz,3\n");
    finished("""
        source: marked.csv
        sink: {jsonl: out.jsonl}
        """);

    assertThat(text("out.jsonl")).isEqualTo("{\"name\":\"Quartz\",\"price\":\"3\"}\n");
  }

  @Test
  void filtersMapsJoinsAndAnonymises() throws IOException {
    TestRecipes.write(folder.resolve("groups.csv"), "group,class\noxide,4\nelement,1\n");
    finished("""
        source: {csv: {file: minerals.csv}}
        transforms:
          - filter: {field: price, above: 100}
          - join: {file: groups.csv, on: group}
          - map: {number: [price], drop: [group], rename: {class: strunz}}
          - anonymise: {fields: [name], secret: not-to-be-told}
        sink: {jsonl: {file: out.jsonl}}
        """);

    assertThat(text("out.jsonl").lines().map(line -> line.replaceAll("[0-9a-f]{16}", "CODE")))
        .containsExactly(
            "{\"name\":\"CODE\",\"price\":5800,\"strunz\":\"1\"}",
            "{\"name\":\"CODE\",\"price\":900,\"strunz\":\"4\"}");
  }

  @Test
  void writesCsv() throws IOException {
    finished("""
        source: minerals.csv
        transforms: [{filter: {field: name, matches: ^Gold}}]
        sink: {csv: out/gold.csv}
        """);

    assertThat(text("out/gold.csv"))
        .isEqualTo("name,group,price\r\n\"Gold, native\",element,5800\r\n");
  }

  @Test
  void writesATableOfSqlite() throws Exception {
    finished("""
        source: minerals.csv
        transforms: [{map: {number: [price]}}]
        sink: {sqlite: {file: out.db, table: minerals}}
        """);

    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("out.db"));
        var statement = connection.createStatement();
        var sum = statement.executeQuery("SELECT count(*), sum(price) FROM minerals")) {
      assertThat(sum.getInt(1)).isEqualTo(3);
      assertThat(sum.getInt(2)).isEqualTo(6703);
    }
  }

  @Test
  void writesAReportInWhichNothingIsMarkup() throws IOException {
    TestRecipes.write(folder.resolve("evil.csv"), "name,price\n<script>alert(1)</script>,2\n");
    finished("""
        source: evil.csv
        sink: {report: {file: out.html, title: "Prices & more", chart: {label: name, value: price}}}
        """);

    assertThat(text("out.html"))
        .contains("<title>Prices &amp; more</title>")
        .contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>")
        .contains("<text x=\"0\" y=\"14\">&lt;script&gt;")
        .doesNotContain("<script>")
        .endsWith("</svg>\n</html>\n");
  }

  @Test
  void readsPagesOfAnApi() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/stones", exchange -> {
      var isFirst = exchange.getRequestURI().getQuery() == null;
      var body =
          (isFirst ? "[{\"id\":1},{\"id\":2}]" : "[{\"id\":3}]").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      if (isFirst) {
        exchange.getResponseHeaders().add("Link", "</stones?page=2>; rel=\"next\"");
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    try {
      finished("""
          source: {http: {url: "http://127.0.0.1:%d/stones"}}
          sink: {jsonl: out.jsonl}
          """.formatted(server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }

    assertThat(text("out.jsonl")).isEqualTo("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
  }

  @Nested
  class WhatIsWrong {

    private String objection(String yaml) {
      return new RecipeChecks(workbench.toolbox())
          .objection(Recipe.parse(Path.of("r.yaml"), yaml))
          .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{csw: a.csv} | {jsonl: b} | 1:9: 'csw' is not known here; did you mean 'csv'?",
          "{csv: {fil: a}} | {jsonl: b} | 1:16: 'fil' is not known here; did you mean 'file'?",
          "{csv: {separator: ','}} | {jsonl: b} | 1:15: 'file' is missing here",
          "{csv: a.csv} | {jsonl: [b]} | 2:15: expected a text, found a list",
          "{http: a} | {jsonl: b} | 1:16: expected a mapping with url, items, found 'a'",
          "{csv: a.csv} | {jsonl: ./a.csv} | so it cannot write it; name another file",
          "a.csv | {jsonl: b} | no source reads ",
        })
    void isSaidWithItsPlace(String source, String sink, String expected) {
      assertThat(objection("source: %s\nsink: %s\n".formatted(source, sink)))
          .startsWith("r.yaml:")
          .contains(expected);
    }

    @Test
    void isSaidOfTheFileItself() {
      assertThatThrownBy(() -> Recipe.parse(Path.of("r.yaml"), "source: a.csv\nsnik: {csv: b}\n"))
          .isInstanceOf(YamlException.class)
          .hasMessage("r.yaml:2:1: 'snik' is not known here; did you mean 'sink'?");
    }

    @Test
    void isNothing() {
      assertThat(new RecipeChecks(workbench.toolbox())
              .objection(Recipe.parse(
                  folder.resolve("r.yaml"), "source: minerals.csv\nsink: {csv: b.csv}\n")))
          .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "`a,b\n1,2\n3\n` | odd.csv:3: expected 2 values as in the first line, found 1",
          "`a,b,a\n1,2,3\n` | odd.csv: its first line names 'a' twice; give each field a name of its own",
        })
    void endsARunThatSaysWhere(String rows, String detail) {
      TestRecipes.write(folder.resolve("odd.csv"), rows);
      var run = TestRecipes.prepare(workbench, folder, "source: odd.csv\nsink: {csv: out.csv}\n");

      assertThat(run.run()).isEqualTo(RunState.FAILED);
      assertThat(run.detail()).endsWith(detail);
    }
  }
}
