package dev.touchstone.documentation;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keeps every page of the repository true: each Java block in it is a copy of code that some module
 * compiles, mostly of a {@code SnippetsTest}, each link within the repository leads somewhere, and each
 * figure in a comparison with others has been measured.
 */
class DocumentationTest {

  private static final Path REPOSITORY = Path.of("../..");
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^):#\\s]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern COMPARISON =
      Pattern.compile("## Beside what people use today\n(.*?)(?=\n## )", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("(?m)^\\|.*$");
  private static final Pattern NO_FIGURE = Pattern.compile("]\\([^)]*\\)|`[^`]*`");
  private static final Pattern FIGURE =
      Pattern.compile("(?<![\\w.,])(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?");

  private static List<Path> pages;
  private static String sources;

  @BeforeAll
  static void readEverything() throws IOException {
    pages = files(".md").toList();
    sources = withoutSpace(files(".java").map(DocumentationTest::read).collect(joining("\n")));
  }

  @Test
  void everyExampleIsCompiled() {
    assertThat(pages).hasSizeGreaterThan(50);
    assertThat(found(JAVA_BLOCK, (page, block) -> isCompiled(block.group(1))))
        .as("blocks that are in the source of no module")
        .isEmpty();
  }

  @Test
  void everyLinkLeadsSomewhere() {
    assertThat(found(LINK, (page, link) -> leadsSomewhere(page, link.group(1), link.group(2))))
        .as("links that lead nowhere")
        .isEmpty();
  }

  @Test
  void everyFigureInAComparisonHasBeenMeasured() {
    var measured = pages.stream()
        .filter(page -> page.startsWith(REPOSITORY.resolve("docs/benchmarks")))
        .flatMap(page -> figures(read(page)))
        .collect(toSet());
    var comparisons = pages.stream()
        .flatMap(page -> COMPARISON.matcher(read(page)).results())
        .map(comparison -> comparison.group(1))
        .toList();

    assertThat(comparisons).hasSize(3);
    for (var comparison : comparisons) {
      assertThat(ROW.matcher(comparison).results().map(MatchResult::group))
          .isNotEmpty()
          .allSatisfy(row -> assertThat(figures(NO_FIGURE.matcher(row).replaceAll("")))
              .as("figures of %s", row)
              .allMatch(figure -> measured.stream().anyMatch(exact -> isRounded(exact, figure))));
    }
  }

  private static Stream<BigDecimal> figures(String text) {
    return FIGURE
        .matcher(text)
        .results()
        .map(figure -> new BigDecimal(figure.group().replace(",", "")));
  }

  private static boolean isRounded(BigDecimal exact, BigDecimal figure) {
    return exact.setScale(figure.scale(), RoundingMode.HALF_UP).compareTo(figure) == 0;
  }

  /** Returns what a pattern finds in the pages that is not good. */
  private static List<String> found(Pattern pattern, BiPredicate<Path, MatchResult> isGood) {
    return pages.stream()
        .flatMap(page -> pattern
            .matcher(read(page))
            .results()
            .filter(match -> !isGood.test(page, match))
            .map(match -> REPOSITORY.relativize(page) + ": " + match.group()))
        .toList();
  }

  private static boolean isCompiled(String block) {
    return sources.contains(withoutSpace(block));
  }

  private static boolean leadsSomewhere(Path page, String file, @Nullable String heading) {
    var target = file.isEmpty() ? page : page.resolveSibling(file);
    return Files.exists(target)
        && (heading == null || headings(read(target)).anyMatch(heading::equals));
  }

  /** Returns the anchors of a page, as sites that show Markdown make them. */
  private static Stream<String> headings(String page) {
    return HEADING
        .matcher(page)
        .results()
        .map(heading -> heading
            .group(1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N} _-]", "")
            .replace(' ', '-'));
  }

  private static Stream<Path> files(String ending) throws IOException {
    try (var files = Files.walk(REPOSITORY)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !file.toString().contains("/node_modules/"))
          .toList()
          .stream();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page may wrap its lines differently. */
  private static String withoutSpace(String code) {
    return code.replaceAll("\\s+", "");
  }
}
