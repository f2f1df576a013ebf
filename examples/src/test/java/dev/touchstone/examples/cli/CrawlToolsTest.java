package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.cabinet.Cabinet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands around a crawl: definitions, single addresses, and what a crawl knows. */
class CrawlToolsTest {

  private static final String DEFINITION = """
      seeds: ['%s']
      scope: {maxPages: 40, exclude: ['/minerals/[a-c]']}
      politeness: {floor: 0, perHost: 8}
      reach: anywhere
      items:
        mineral: {when: 'css: h1', fields: {name: {css: h1, required: true}}}
      follow: [{css: a}, {sitemap: true}]
      out:
        - {jsonl: minerals.jsonl}
        - {csv: minerals.csv}
        - {sqlite: true}
        - {warc: minerals.warc.gz, cdx: true}
      tests:
        - page: page.html
          url: http://a.example/1
          expect: [{item: mineral, name: Quartz}]
      """;

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLineInterface(new PrintWriter(out, true), new PrintWriter(err, true))
        .run(arguments);
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toString());
  }

  private Path definition(String seed) throws IOException {
    return Files.writeString(folder.resolve("site.yaml"), DEFINITION.formatted(seed));
  }

  private Path page(String html) throws IOException {
    return Files.writeString(folder.resolve("page.html"), html);
  }

  @Nested
  class OfADefinition {

    @Test
    void comparePagesWithWhatIsExpected() throws IOException {
      var file = definition("http://a.example/").toString();
      page("<h1>Quartz</h1>");

      assertThat(run("crawl", "test", file)).isZero();
      assertThat(out).hasToString("""
          page.html: as expected
          The definition is valid; 1 of 1 pages are as expected
          """);
    }

    @Test
    void sayWhatIsDifferent() throws IOException {
      var file = definition("http://a.example/").toString();
      page("<h1>Opal</h1>");

      assertThat(run("crawl", "test", file)).isEqualTo(1);
      assertThat(out.toString()).contains("  mineral.name: expected Quartz, found Opal\n");
      assertThat(run("crawl", "test", file, "--json")).isEqualTo(1);
      assertThat(json().get(0).get("differences").get(0).asString())
          .isEqualTo("mineral.name: expected Quartz, found Opal");
    }

    @Test
    void extractFromAFile() throws IOException {
      var file = definition("http://a.example/").toString();

      assertThat(run("crawl", "extract", file, page("<h1>Opal</h1>").toString()))
          .isZero();
      assertThat(out).hasToString("{\"kind\":\"mineral\",\"values\":{\"name\":\"Opal\"}}\n");
      assertThat(run("crawl", "extract", file, page("<h2>Opal</h2>").toString()))
          .isEqualTo(1);
      assertThat(err).hasToString("touchstone: the page has no item of this definition\n");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "seeds: [example.org] | 1:9: expected an http or https address such as https://example.org/, found 'example.org'",
          "seeds: [] | 1:8: expected at least one address such as [https://example.org/], found a list",
          "sedes: [http://a.example/] | 1:1: 'sedes' is not known here; did you mean 'seeds'?",
          "{seeds: [http://a.example/], out: [{jsnl: a}]} | 1:37: 'jsnl' is not known here; did you mean 'jsonl'?",
          "{seeds: [http://a.example/], out: [{jsonl: a}, {csv: a}]} | 1:48: 'a' is written already; give it another name",
          "{seeds: [http://a.example/], out: [{jsonl: a, of: page}]} | 1:51: 'page' is not known here; did you mean 'pages'?",
          "{seeds: [http://a.example/], out: [{sqlite: true}]} | 1:45: there are no items to be kept in the database; add 'items'",
          "{seeds: [http://a.example/], out: [{warc: a.warc}]} | 1:43: expected a name that ends in .warc.gz, found 'a.warc'",
          "{seeds: [http://a.example/], out: [{jsonl: a, cdx: true}]} | 1:52: 'cdx' is for warc only; remove it",
          "{seeds: [http://a.example/], limits: {body: much}, out: [{jsonl: a}]} | 1:45: expected a number of bytes such as 500, 64kB or 16MB, found 'much'",
          "{seeds: [http://a.example/], follow: [{sitemap: true, css: a}], out: [{jsonl: a}]} | 1:39: 'sitemap: true' stands alone; move the other keys to an entry of their own",
          "{seeds: [http://a.example/], scope: {exclude: ['(']}, out: [{jsonl: a}]} | 1:48: expected a regular expression in the syntax of RE2 (missing closing )), found '('",
        })
    void sayWhereItIsWrong(String yaml, String problem) throws IOException {
      var file = Files.writeString(folder.resolve("wrong.yaml"), yaml);

      assertThat(run("crawl", "test", file.toString())).isEqualTo(1);
      assertThat(err).hasToString("touchstone: " + file + ":" + problem + "\n");
    }
  }

  @Nested
  class OfAServer {

    @Test
    void fetchOneAddress() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var seed = cabinet.uri().toString();

        assertThat(run("crawl", "fetch", seed, "--allow-private")).isZero();
        assertThat(out.toString())
            .startsWith("page (200): 'The Mineral Cabinet', ")
            .containsIgnoringCase("  content-type: text/html");
        assertThat(run("crawl", "fetch", seed, "--allow-private", "--json")).isZero();
        assertThat(json().get("kind").asString()).isEqualTo("page");
        assertThat(run("crawl", "fetch", seed)).isEqualTo(1);
        assertThat(err.toString()).contains("it leads into a private network");
      }
    }

    @Test
    void tellWhichLineOfRobotsTxtDecides() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var vault = cabinet.uri() + "vault/1";

        assertThat(run("crawl", "robots", vault, "--allow-private")).isZero();
        assertThat(out.toString())
            .startsWith(vault + " is forbidden by line ")
            .contains("Disallow: /vault/");
        assertThat(run("crawl", "robots", cabinet.uri().toString(), "--allow-private", "--json"))
            .isZero();
        assertThat(json().get("isAllowed").asBoolean()).isTrue();
      }
    }

    @Test
    void wantAWebAddress() {
      assertThat(run("crawl", "fetch", "example.org")).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("touchstone: Invalid value for positional parameter at index 0 (URL): it must"
              + " be an http or https address such as https://example.org/, was 'example.org';");
    }
  }

  @Test
  void answerForACrawl() throws IOException {
    try (var cabinet = Cabinet.open()) {
      var seed = cabinet.uri().toString();
      var file = definition(seed);
      var home = file + ".crawl";

      assertThat(run("crawl", "run", file.toString(), "--json")).isZero();
      assertThat(json().get("items").asInt()).isPositive();

      assertThat(run("crawl", "why", home, seed)).isZero();
      assertThat(out.toString())
          .contains("  found on  (a seed, or a sitemap) (depth 0)\n")
          .contains("  rule      + it is within " + seed.replaceAll("/$", ""))
          .contains("  robots    allowed, ")
          .contains("  outcome   page: The Mineral Cabinet\n");
      assertThat(run("crawl", "why", home, seed + "minerals/agate")).isZero();
      assertThat(out.toString()).contains("  rule      - it matches /minerals/[a-c]\n");
      assertThat(run("crawl", "why", home, seed + "vault/1", "--json")).isZero();
      assertThat(json().get("robots").get("isAllowed").asBoolean()).isFalse();

      assertThat(run("crawl", "export", home)).isZero();
      assertThat(out.toString())
          .startsWith(
              "url,outcome,status,detail,depth,attempts,bytes,foundOn\r\n" + seed + ",page,");
      assertThat(run("crawl", "export", home, "--item", "mineral", "--json")).isZero();
      assertThat(out.toString().lines())
          .isNotEmpty()
          .allMatch(line -> JsonMapper.shared().readTree(line).has("name"));
      assertThat(run("crawl", "export", home, "--item", "gem")).isEqualTo(1);
      assertThat(err)
          .hasToString("touchstone: the database holds no items called 'gem'; add the output"
              + " 'sqlite: true' to the definition\n");
      assertThat(Files.readAllLines(folder.resolve("minerals.csv")))
          .hasSize(Files.readAllLines(folder.resolve("minerals.jsonl")).size() + 1);
    }
  }
}
