package dev.touchstone.concurrency;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the README compiling: each example in it is a copy of code in a {@code SnippetsTest}. */
class DocumentationTest {

  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleOfTheReadmeIsCompiled() throws IOException {
    var examples = JAVA_BLOCK.matcher(Files.readString(Path.of("README.md"))).results();
    var snippets = snippets();

    assertThat(examples)
        .isNotEmpty()
        .allSatisfy(example -> assertThat(snippets).contains(withoutIndentation(example.group(1))));
  }

  private static String snippets() throws IOException {
    try (var files = Files.walk(Path.of("src/test/java"))) {
      var sources = files.filter(file -> file.endsWith("SnippetsTest.java")).toList();
      var text = new StringBuilder();
      for (var source : sources) {
        text.append(Files.readString(source));
      }
      return withoutIndentation(text.toString());
    }
  }

  private static String withoutIndentation(String code) {
    return code.lines().map(String::strip).collect(joining("\n"));
  }
}
