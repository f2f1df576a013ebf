package dev.touchstone.examples;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the README of the whole compiling: its example is a copy of code in a {@code SnippetsTest}. */
class DocumentationTest {

  private static final Path README = Path.of("../README.md");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleOfTheReadmeIsCompiled() throws IOException {
    var examples = JAVA_BLOCK.matcher(Files.readString(README)).results();
    var snippets = withoutIndentation(
        Files.readString(Path.of("src/test/java/dev/touchstone/examples/SnippetsTest.java")));

    assertThat(examples)
        .isNotEmpty()
        .allSatisfy(example -> assertThat(snippets).contains(withoutIndentation(example.group(1))));
  }

  @Test
  void theReadmeShowsAShortExampleEarly() throws IOException {
    var lines = Files.readAllLines(README);
    var start = lines.indexOf("```java");
    var end = lines.subList(start, lines.size()).indexOf("```") + start;

    assertThat(start).isBetween(0, 30);
    assertThat(end - start - 1).isBetween(1, 12);
  }

  @Test
  void everyLinkOfTheReadmeLeadsSomewhere() throws IOException {
    assertThat(Pattern.compile("]\\(([^):#]+)\\)")
            .matcher(Files.readString(README))
            .results())
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Path.of("..").resolve(link.group(1))).exists());
  }

  private static String withoutIndentation(String code) {
    return code.lines().map(String::strip).collect(joining("\n"));
  }
}
