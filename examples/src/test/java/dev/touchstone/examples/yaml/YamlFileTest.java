package dev.touchstone.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {

  private static YamlNode parse(String text) {
    return YamlFile.parse("crawl.yaml", text);
  }

  private static YamlNode value(String text) {
    return parse("a: " + text).anyMapping().require("a");
  }

  private static void assertFails(ThrowingCallable reading, String message) {
    assertThatExceptionOfType(YamlException.class).isThrownBy(reading).withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word",
        "12",
        "'12'",
        "true",
        "'true'",
        "\"\"",
        "~",
        "[a, 'b, c', {d: [e]}]",
        "{a: {b: c}, 'd: e': 'f\u00e9 #g'}",
        "'it''s \"it\"'",
        "|\n  two\n  lines\n",
      })
  void readsAsTheSameFromOneLine(String text) {
    var once = value(text).flow();

    assertThat(once).doesNotContain("\n");
    assertThat(value(once).flow()).isEqualTo(once);
    assertThat(value("[" + once + "]").items().getFirst().flow()).isEqualTo(once);
  }

  @Test
  void quotesATextThatWouldReadAsSomethingElse() {
    assertThat(value("['12', 'no', true, 12, null, a b, word]").flow())
        .isEqualTo("[\"12\", \"no\", true, 12, null, \"a b\", word]");
  }

  @Test
  void givesBackWhatWasWritten() {
    var file = parse("""
        # a comment
        name: shop
        pages: 50
        ratio: 0.25
        wait: 1.5s
        sorted: true
        unit: nanoseconds
        seeds: [http://a.example/, "http://b.example/"]
        """);
    var map = file.mapping("name", "pages", "ratio", "wait", "sorted", "unit", "seeds", "other");

    assertThat(map.require("name").text()).isEqualTo("shop");
    assertThat(map.require("pages").integer(1, 50)).isEqualTo(50);
    assertThat(map.require("ratio").decimal()).isEqualByComparingTo("0.25");
    assertThat(map.require("wait").duration()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(map.require("sorted").flag()).isTrue();
    assertThat(map.require("unit").choice(TimeUnit.class)).isEqualTo(TimeUnit.NANOSECONDS);
    assertThat(map.require("seeds").items().stream().map(YamlNode::text))
        .containsExactly("http://a.example/", "http://b.example/");
    assertThat(map.find("other")).isEmpty();
    assertThat(map.values().keySet())
        .containsExactly("name", "pages", "ratio", "wait", "sorted", "unit", "seeds");
  }

  @Nested
  class Names {

    @Test
    void areCorrected() {
      assertFails(
          () -> parse("seeds: [a]\npoliteness: x\n  \nsedes: 1").mapping("seeds", "politeness"),
          "crawl.yaml:4:1: 'sedes' is not known here; did you mean 'seeds'?");
      assertFails(
          () -> parse("Seeds: 1").mapping("seeds"),
          "crawl.yaml:1:1: 'Seeds' is not known here; did you mean 'seeds'?");
    }

    @Test
    void areListedIfNoneIsNear() {
      assertFails(
          () -> parse("color: red").mapping("seeds", "out"),
          "crawl.yaml:1:1: 'color' is not known here; there are: seeds, out");
    }

    @Test
    void mustBeThereOnce() {
      assertFails(
          () -> parse("a: 1\nb: 2\na: 3").mapping("a", "b"),
          "crawl.yaml:3:1: 'a' is there twice; remove one");
      assertFails(
          () -> parse("a: 1").mapping("a", "b").require("b"),
          "crawl.yaml:1:1: 'b' is missing here");
    }

    @Test
    void areNoMappings() {
      assertFails(
          () -> parse("{a: 1}: 2").mapping("a"),
          "crawl.yaml:1:1: expected a name, found a mapping");
    }
  }

  @Nested
  class Values {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "many | expected a whole number from 1 to 9, found 'many'",
          "0 | expected a whole number from 1 to 9, found '0'",
          "1.5 | expected a whole number from 1 to 9, found '1.5'",
          "99999999999 | expected a whole number from 1 to 9, found '99999999999'",
          "[1] | expected a whole number from 1 to 9, found a list",
          "{b: 1} | expected a whole number from 1 to 9, found a mapping",
          "null | expected a whole number from 1 to 9, found nothing",
        })
    void areWholeNumbersWhereThoseAreExpected(String text, String problem) {
      assertFails(() -> value(text).integer(1, 9), "crawl.yaml:1:4: " + problem);
    }

    @Test
    void areOfTheKindThatIsExpected() {
      fails("[x]", YamlNode::text, "expected a text, found a list");
      fails("''", YamlNode::text, "expected a text, found ''");
      fails("", YamlNode::text, "expected a text, found nothing");
      fails("x", YamlNode::decimal, "expected a number, found 'x'");
      fails("yes", YamlNode::flag, "expected true or false, found 'yes'");
      fails("x", YamlNode::items, "expected a list such as [a, b], found 'x'");
      fails(
          "soon",
          YamlNode::duration,
          "expected a length of time such as 500ms, 1.5s, 10m, 24h or 7d, found 'soon'");
      fails("x", YamlNode::anyMapping, "expected a mapping such as 'name: value', found 'x'");
    }

    @Test
    void areOneOfTheChoices() {
      assertFails(
          () -> value("secnods").choice(TimeUnit.class),
          "crawl.yaml:1:4: expected one of nanoseconds, microseconds, milliseconds, seconds,"
              + " minutes, hours, days, found 'secnods'; did you mean seconds?");
    }

    @Test
    void areQuotedInPart() {
      fails(
          "x".repeat(100),
          YamlNode::decimal,
          "expected a number, found '" + "x".repeat(40) + "...'");
    }

    private void fails(String text, Function<YamlNode, ?> reading, String problem) {
      assertFails(
          () -> reading.apply(value(text)),
          "crawl.yaml:1:" + (text.isEmpty() ? 3 : 4) + ": " + problem);
    }
  }

  @Nested
  class Garbage {

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "# nothing\n"})
    void thatIsEmpty(String text) {
      assertFails(() -> parse(text), "crawl.yaml:1:1: expected a mapping, found nothing");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a: [1, 2",
          "a: 'x",
          "\tb: 1",
          "a: b: c",
          "a: 1\n b: 2",
          "- a\nb: 1",
          "%",
          "a: *b",
          "--- a\n--- b"
        })
    void thatIsNoYaml(String text) {
      assertThatExceptionOfType(YamlException.class)
          .isThrownBy(() -> parse(text))
          .withMessageMatching("crawl\\.yaml:\\d+:\\d+: this is not YAML: .+");
    }

    @Test
    void withAnchors() {
      assertFails(
          () -> parse("a: &x 1\nb: *x"),
          "crawl.yaml:1:4: anchors (&x) are not supported; write the value where it is used");
    }

    @Test
    void withCharactersThatNobodySees() {
      assertFails(
          () -> parse("a: 1\nbc\u0007: 2"),
          "crawl.yaml:2:3: the character U+0007 is not allowed; remove it");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 100_000})
    void thatIsNestedTooDeeply(int depth) {
      assertThatExceptionOfType(YamlException.class)
          .isThrownBy(() -> parse("[".repeat(depth) + "]".repeat(depth)))
          .withMessageEndingWith("this is nested too deeply");
    }

    @Test
    void thatIsNoText(@TempDir Path folder) throws IOException {
      var file = folder.resolve("crawl.yaml");
      Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});

      assertFails(
          () -> YamlFile.read(file), file + ":1:1: expected text in UTF-8, found other bytes");
    }

    @RepeatedTest(200)
    void ofAnyKindIsRefusedInWords(RepetitionInfo repetition) {
      var random = new Random(repetition.getCurrentRepetition());
      var signs = "abc:[]{}-'\"&*!|>%@`#?,\n\t 10~\u0000\u00e9";
      var text = new StringBuilder();
      random.ints(random.nextInt(60), 0, signs.length()).forEach(i -> text.append(signs.charAt(i)));
      try {
        parse(text.toString()).mapping("a", "b").find("a").ifPresent(YamlNode::text);
      } catch (YamlException e) {
        assertThat(e).hasMessageMatching("(?s)crawl\\.yaml:\\d+:\\d+: .+");
        assertThat(e.line()).isPositive();
        assertThat(e.column()).isPositive();
      }
    }
  }
}
