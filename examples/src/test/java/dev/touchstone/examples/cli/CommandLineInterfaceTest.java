package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.cabinet.Cabinet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CommandLineInterfaceTest {

  @TempDir
  private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLineInterface(new PrintWriter(out, true), new PrintWriter(err, true))
        .run(arguments);
  }

  @Nested
  class Usage {

    @Test
    void isPrintedWhenThereIsNoCommand() {
      assertThat(run()).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("Usage: touchstone")
          .contains("tour", "crawl", "example");
      assertThat(out.toString()).isEmpty();
    }

    @Test
    void isPrintedOnRequest() {
      assertThat(run("--help")).isZero();
      assertThat(out.toString())
          .startsWith("Usage: touchstone")
          .contains("Exit status:")
          .contains("Start with 'touchstone tour'");
    }

    @Test
    void tellsTheVersion() {
      assertThat(run("--version")).isZero();
      assertThat(out.toString()).matches("(?s)touchstone \\d+\\.\\d+\\.\\d+\\S*\\RJava .*\\R");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "xyzzy | Unmatched argument at index 0: 'xyzzy'; see 'touchstone --help'",
          "crawls | Unmatched argument at index 0: 'crawls' (did you mean crawl?); see 'touchstone --help'",
          "tour --nonsense | Unknown option: '--nonsense'; see 'touchstone tour --help'",
          "crawl | a URL and --out FILE are needed, such as 'crawl https://example.org/ --out pages.jsonl'; see 'touchstone crawl --help'",
          "crawl resume | Missing required parameter: 'FOLDER'; see 'touchstone crawl resume --help'",
          "crawl example.org --out x | URL must be an http or https address such as https://example.org/, was 'example.org'; see 'touchstone crawl --help'",
          "crawl ftp://a/ --out x | URL must be an http or https address such as https://example.org/, was 'ftp://a/'; see 'touchstone crawl --help'",
          "crawl http:// --out x | Invalid value for positional parameter at index 0 (URL): cannot convert 'http://' to URI (java.net.URISyntaxException: Expected authority at index 7: http://); see 'touchstone crawl --help'",
          "crawl http://a/ --out x --concurrency 0 | concurrency must be at least 1, was 0; see 'touchstone crawl --help'",
          "crawl http://a/ --out x --delay soon | delay must be a length of time such as 500ms, 1.5s, 10m, 24h or 7d, was 'soon'; see 'touchstone crawl --help'",
          "crawl http://a/ --out x --max-pages many | Invalid value for option '--max-pages': 'many' is not an int; see 'touchstone crawl --help'",
          "example | Missing required parameter: 'NAME'; see 'touchstone example --help'",
        })
    void isPointedToInOneLine(String arguments, String message) {
      assertThat(run(arguments.split(" "))).isEqualTo(2);
      assertThat(err).hasToString("touchstone: " + message + "\n");
      assertThat(out.toString()).isEmpty();
    }
  }

  @Nested
  class Example {

    @Test
    void listsTheLessons() {
      assertThat(run("example", "list")).isZero();
      assertThat(out.toString().lines())
          .hasSizeGreaterThanOrEqualTo(3)
          .first()
          .asString()
          .startsWith("first-channel  ");
    }

    @Test
    void listsTheLessonsAsJson() {
      assertThat(run("example", "list", "--json")).isZero();
      assertThat(JsonMapper.shared().readTree(out.toString()).get(0).get("name").asString())
          .isEqualTo("first-channel");
    }

    @Test
    void printsTheSourceOfALesson() {
      assertThat(run("example", "first-event", "--source")).isZero();
      assertThat(out.toString())
          .startsWith("package dev.touchstone.examples.basics;")
          .contains("final class FirstEvent");
    }

    @Test
    void namesTheLessonsWhenItDoesNotKnowOne() {
      assertThat(run("example", "nonsense")).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("touchstone: no lesson is called 'nonsense'; there are: first-channel, ");
    }
  }

  @Nested
  class Crawl {

    private int crawl(URI site, String... options) {
      var arguments = new ArrayList<>(List.of("crawl", site.toString(), "--allow-private"));
      arguments.addAll(List.of("--delay", "0", "--concurrency", "8"));
      arguments.addAll(List.of(options));
      return run(arguments.toArray(String[]::new));
    }

    @Test
    void printsTheFiguresAndWritesTheLines() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var file = folder.resolve("pages.jsonl");

        assertThat(crawl(cabinet.uri(), "--out", file.toString())).isZero();
        assertThat(out.toString())
            .contains(cabinet.reachablePages() + " pages")
            .contains("Complete in ")
            .contains("Written to " + file);
        assertThat(Files.readAllLines(file).stream()
                .filter(line -> line.contains("\"kind\":\"page\"")))
            .hasSize(cabinet.reachablePages());
      }
    }

    @Test
    void printsOneJsonObjectOnRequest() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var file = folder.resolve("pages.jsonl").toString();

        assertThat(crawl(cabinet.uri(), "--out", file, "--max-pages", "7", "--json"))
            .isZero();
        var figures = JsonMapper.shared().readTree(out.toString());
        assertThat(figures.get("pages").asInt()).isEqualTo(7);
        assertThat(figures.get("end").asString()).isEqualTo("limit");
      }
    }

    @Test
    void goesOnWhereItEnded() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var file = folder.resolve("pages.jsonl");
        assertThat(crawl(cabinet.uri(), "--out", file.toString(), "--max-pages", "50"))
            .isZero();
        assertThat(out.toString())
            .contains(
                "Stopped at --max-pages", "Go on with: touchstone crawl resume " + file + ".crawl");

        assertThat(run("crawl", "resume", file + ".crawl", "--max-pages", "1000"))
            .isZero();
        assertThat(out.toString()).contains(cabinet.reachablePages() + " pages", "Complete in ");
        assertThat(Files.readAllLines(file)).doesNotHaveDuplicates();
        assertThat(run("crawl", "status", file + ".crawl", "--json")).isZero();
      }
    }

    @Test
    void visitsEverythingAgain() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var file = folder.resolve("pages.jsonl");
        assertThat(crawl(cabinet.uri(), "--out", file.toString(), "--max-pages", "20"))
            .isZero();

        out.getBuffer().setLength(0);
        assertThat(run("crawl", "resume", file + ".crawl", "--refresh", "--json"))
            .isZero();
        var figures = JsonMapper.shared().readTree(out.toString());
        assertThat(figures.get("pages").asInt()).isEqualTo(20);
        assertThat(figures.get("unchanged").asInt()).isZero(); // the site knows no versions
        assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("\"page\"")))
            .hasSize(40);
      }
    }

    @Test
    void doesWhatAFileDescribes() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var file = Files.writeString(folder.resolve("site.yaml"), """
            seeds: [%s]
            scope: {maxPages: 20}
            concurrency: 4
            politeness: {floor: 0, perHost: 4}
            reach: anywhere
            out: [{jsonl: pages.jsonl}]
            """.formatted(cabinet.uri()));

        assertThat(run("crawl", "run", file.toString())).isZero();
        assertThat(out.toString())
            .contains("20 pages", "Written to " + folder.resolve("pages.jsonl"));
        var home = file + ".crawl";
        assertThat(run("crawl", "status", home)).isZero();
        assertThat(out.toString())
            .contains("waiting", cabinet.uri().toString().replaceAll("/$", ": "));
      }
    }

    @Test
    void saysWhereAFileIsWrong() throws IOException {
      var file = Files.writeString(folder.resolve("site.yaml"), """
          seeds: [http://a.example/]
          scope: {maxPage: 20}
          out: [{jsonl: pages.jsonl}]
          """);

      assertThat(run("crawl", "run", file.toString())).isEqualTo(1);
      assertThat(err)
          .hasToString("touchstone: " + file
              + ":2:9: 'maxPage' is not known here; did you mean 'maxPages'?\n");
    }

    @Test
    void saysWhereThereIsNoStatus() {
      assertThat(run("crawl", "status", folder.toString())).isEqualTo(1);
      assertThat(err.toString()).startsWith("touchstone: cannot open " + folder);
    }

    @Test
    void saysWhereThereIsNothingToGoOnWith() {
      assertThat(run("crawl", "resume", folder.toString())).isEqualTo(1);
      assertThat(err)
          .hasToString("touchstone: no crawl is kept in " + folder
              + "; name a folder such as pages.jsonl.crawl\n");
    }

    @Test
    void saysThatNobodyListens() {
      var file = folder.resolve("pages.jsonl").toString();

      assertThat(crawl(URI.create("http://127.0.0.1:1/"), "--out", file)).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("touchstone: cannot crawl http://127.0.0.1:1/: ")
          .hasLineCount(1);
    }

    @Test
    void keepsOutOfPrivateNetworksUnlessToldOtherwise() throws IOException {
      try (var cabinet = Cabinet.open()) {
        var file = folder.resolve("pages.jsonl").toString();

        assertThat(run("crawl", cabinet.uri().toString(), "--out", file)).isEqualTo(1);
        assertThat(err)
            .hasToString("touchstone: cannot crawl " + cabinet.uri()
                + ": it leads into a private network; allow private addresses if that is meant\n");
        assertThat(cabinet.requestsBelow("robots.txt")).isZero();
      }
    }

    @Test
    void saysWhyAFileCannotBeWritten() throws IOException {
      var inTheWay = Files.writeString(folder.resolve("file"), "");

      assertThat(run("crawl", "http://127.0.0.1:1/", "--out", folder.toString()))
          .isEqualTo(1);
      assertThat(run("crawl", "http://127.0.0.1:1/", "--out", folder + "/a/b")).isEqualTo(1);
      assertThat(run("crawl", "http://127.0.0.1:1/", "--out", inTheWay + "/b")).isEqualTo(1);
      assertThat(err.toString().lines())
          .containsExactly(
              "touchstone: cannot write " + folder + ": it is a folder",
              "touchstone: cannot write " + folder + "/a/b: its folder does not exist",
              "touchstone: cannot write " + inTheWay + "/b: Not a directory");
    }

    @Test
    void keepsWhatItHasWhenItIsInterrupted() throws Exception {
      try (var cabinet = Cabinet.open()) {
        var file = folder.resolve("pages.jsonl");
        Thread.currentThread().interrupt();

        assertThat(crawl(cabinet.uri(), "--out", file.toString())).isEqualTo(130);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(out.toString()).contains("Interrupted");
      }
    }
  }

  @Nested
  class Tour {

    @Test
    void printsTheFiguresAndNamesTheFiles() throws IOException {
      assertThat(run("tour", "--out", folder.resolve("new").toString())).isZero();
      assertThat(out.toString())
          .contains("422 pages", "400 assays", folder.resolve("new").toString());
      assertThat(Files.readAllLines(folder.resolve("new/assays.jsonl"))).hasSize(400);
    }

    @Test
    void saysWhyItCannotWrite() throws IOException {
      var file = Files.writeString(folder.resolve("file"), "");

      assertThat(run("tour", "--out", file.toString())).isEqualTo(1);
      assertThat(err.toString())
          .isEqualTo("touchstone: cannot write " + file + ": " + file + " is in the way\n");
    }
  }
}
