package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The colours of the style sheet against each other.
 *
 * <p><b>Source:</b> WCAG 2.2, success criteria 1.4.3 (text, 4.5) and 1.4.11 (controls and pictures, 3),
 * and its definitions of contrast ratio and relative luminance.
 */
class ContrastTest {

  private static final Pattern COLOUR =
      Pattern.compile("--([\\w-]+): light-dark\\((#\\p{XDigit}{6}), (#\\p{XDigit}{6})\\);");

  private record Colour(String light, String dark) {}

  private static final Map<String, Colour> COLOURS = new HashMap<>();
  private static String sheet;

  @BeforeAll
  static void read() throws Exception {
    try (var in = WebServer.class.getResourceAsStream("shell.css")) {
      sheet = new String(in.readAllBytes(), UTF_8);
    }
    COLOUR
        .matcher(sheet)
        .results()
        .forEach(found -> COLOURS.put(found.group(1), new Colour(found.group(2), found.group(3))));
  }

  @ParameterizedTest
  @CsvSource({
    "text, ground", "text, surface", "text, raised",
    "muted, ground", "muted, surface", "muted, raised",
    "link, ground", "link, surface", "link, raised",
    "good, ground", "good, surface", "good, raised",
    "warn, ground", "warn, surface", "warn, raised",
    "bad, ground", "bad, surface", "bad, raised"
  })
  void textCanBeRead(String text, String ground) {
    assertContrast(text, ground, 4.5);
  }

  @ParameterizedTest
  @CsvSource({
    "control-line, surface",
    "control-line, ground",
    "link, surface",
    "link, ground",
    "part-1, surface",
    "part-2, surface",
    "part-3, surface",
    "part-4, surface",
    "part-5, surface",
    "part-6, surface",
    "streak, surface"
  })
  void controlsAndPicturesCanBeSeen(String colour, String ground) {
    assertContrast(colour, ground, 3);
  }

  @Test
  void thereIsNoColourBesides() {
    var rules = sheet.substring(sheet.indexOf("--small:"));

    assertThat(Pattern.compile("#\\p{XDigit}{3,8}\\b").matcher(rules).results().map(m -> m.group()))
        .containsOnly("#26292e", "#e0b04c"); // the mark
  }

  private static void assertContrast(String one, String other, double least) {
    var a = COLOURS.get(one);
    var b = COLOURS.get(other);
    assertThat(contrast(a.light(), b.light())).as("light").isGreaterThanOrEqualTo(least);
    assertThat(contrast(a.dark(), b.dark())).as("dark").isGreaterThanOrEqualTo(least);
  }

  private static double contrast(String one, String other) {
    var a = luminance(one);
    var b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    var rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16 & 0xff)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int channel) {
    var value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
