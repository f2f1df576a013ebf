package dev.touchstone.examples.patterns;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the catalogue of patterns whole and true. */
class CatalogPagesTest {

  private static final Path PAGES = Path.of("../docs/patterns");
  private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TRAP = Pattern.compile("\\| `(\\w+)\\.(\\w+)` \\|");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern MEMBER = Pattern.compile("(?m)^- `([\\w.$]+)#(\\w+)`");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "singleton",
        "factory",
        "observer",
        "strategy",
        "decorator",
        "command",
        "state",
        "chain-of-responsibility",
        "plugin-architecture"
      })
  void everyPageHasAllSectionsInOrder(String page) throws IOException {
    assertThat(found(HEADING, read(page)).map(heading -> heading.group(1)))
        .containsExactly(
            "In one line",
            "Decision",
            "Picture",
            "Java 21 form",
            "GoF form",
            "What goes wrong",
            "Threads, failure, memory",
            "Cost",
            "In the JDK",
            "In Touchstone",
            "In the applications",
            "Related and confusable");
    assertThat(read(page))
        .contains("**The smell that asks for it:**")
        .contains("| use it if | do not use it if | use instead |")
        .contains("```mermaid")
        .contains("- **Threads:** ")
        .contains("- **Failure:** ")
        .contains("- **Memory:** ");
  }

  @Test
  void everyJavaBlockIsCompiledSource() throws IOException {
    var sources = sources();

    int blocks = 0;
    for (var page : pages()) {
      for (var block : found(JAVA_BLOCK, read(page)).toList()) {
        assertThat(sources).as(page).contains(withoutIndentation(block.group(1)));
        blocks++;
      }
    }
    assertThat(blocks).isGreaterThan(30);
  }

  @Test
  void everyTrapIsAPairOfTests() throws Exception {
    int traps = 0;
    for (var page : pages()) {
      for (var trap : found(TRAP, read(page)).toList()) {
        var name = packageOf(page) + "." + trap.group(1) + "$" + trap.group(2);
        var tests = Arrays.stream(Class.forName(name).getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName())
            .toList();

        assertThat(tests).as(name).anyMatch(test -> test.startsWith("naively"));
        assertThat(tests).as(name).anyMatch(test -> !test.startsWith("naively"));
        traps++;
      }
    }
    assertThat(traps).isGreaterThan(20);
  }

  @Test
  void everyMemberOfTheJdkExists() throws Exception {
    int members = 0;
    for (var page : pages()) {
      for (var member : found(MEMBER, read(page)).toList()) {
        var type = Class.forName(member.group(1), false, null);

        assertThat(Stream.of(type.getMethods()).map(method -> method.getName()))
            .as(page + ": " + member.group())
            .contains(member.group(2));
        members++;
      }
    }
    assertThat(members).isGreaterThan(20);
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    int links = 0;
    for (var page : pages()) {
      for (var link : found(LINK, read(page)).toList()) {
        assertThat(PAGES.resolve(link.group(1))).as(page).exists();
        links++;
      }
    }
    assertThat(links).isGreaterThan(20);
  }

  @Test
  void theFrontPageHasAllPatternsOfTheBook() throws IOException {
    var rows = found(Pattern.compile("(?m)^\\| [A-Z].* \\| .* \\| .* \\|$"), read("README"));

    assertThat(rows).hasSize(23);
  }

  private static String packageOf(String page) {
    var name = page.split("-", 2)[0];
    return CatalogPagesTest.class.getPackageName() + "." + name;
  }

  private static List<String> pages() throws IOException {
    try (var files = Files.list(PAGES)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.substring(0, name.length() - ".md".length()))
          .sorted()
          .toList();
    }
  }

  private static String read(String page) throws IOException {
    return Files.readString(PAGES.resolve(page + ".md"));
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String sources() throws IOException {
    var text = new StringBuilder();
    var folder = "java/dev/touchstone/examples/patterns";
    for (var root :
        List.of("src/main/" + folder, "src/test/" + folder, "../patterns/src/test/java")) {
      try (var files = Files.walk(Path.of(root))) {
        for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return withoutIndentation(text.toString());
  }

  private static String withoutIndentation(String code) {
    return code.lines().map(String::strip).collect(joining("\n"));
  }
}
