package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  @Test
  void areOrderedAsInTheSpecification() {
    var ordered = Stream.of(
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2",
            "1.10",
            "2")
        .map(Version::parse)
        .toList();
    var shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(shuffled.stream().sorted()).isEqualTo(ordered);
  }

  @Test
  void dropsBuildMetadata() {
    assertThat(Version.parse("1.2.3-rc.1+build.5")).hasToString("1.2.3-rc.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.",
        "01.2",
        "1.2.3.4",
        "v1",
        "1.0.0-",
        "1.0.0-01",
        "1.2 ",
        "-1",
        "99999999999999999999"
      })
  void refusesOtherTexts(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Version.parse(text))
        .withMessage("a version must look like 1.4.2 or 2.0.0-rc.1, was \"" + text + "\"");
  }

  @Nested
  class Range {

    @ParameterizedTest
    @CsvSource({
      "^1.2, 1.2.0, true",
      "^1.2, 1.9.9, true",
      "^1.2, 2.0.0, false",
      "^1.2, 1.1.9, false",
      "^0.3, 0.3.5, true",
      "^0.3, 0.4.0, false",
      "^0.0.3, 0.0.3, true",
      "^0.0.3, 0.0.4, false",
      "~1.2, 1.2.9, true",
      "~1.2, 1.3.0, false",
      "~1, 1.0.9, true",
      "~1, 1.1.0, false",
      "^0, 0.0.0, true",
      "^0, 0.0.1, false",
      "*, 7.0.0, true",
      ">1 <=2, 1.0.0, false",
      ">1 <=2, 2.0.0, true",
      "1.2.3, 1.2.3, true",
      "=1.2.3, 1.2.4, false",
      "^1.2, 2.0.0-alpha, false",
      "^1.2, 1.3.0-alpha, false",
      "*, 1.0.0-rc.1, false",
      ">=1.3.0-alpha, 1.3.0-beta, true",
      ">=1.3.0-alpha, 1.4.0-beta, false"
    })
    void contains(String range, String version, boolean expected) {
      assertThat(VersionRange.parse(range).contains(Version.parse(version))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {">=2 <1", ">1 <1", "^1 ^2", "=1 =2", "<1 >=1"})
    void isRefusedIfNothingCanBeInIt(String range) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VersionRange.parse(range))
          .withMessage("no version can be in the range \"" + range
              + "\"; its lower bound is above the upper one");
    }

    @Test
    void isEqualIfItsBoundsAre() {
      assertThat(List.of(VersionRange.parse("1.0"), VersionRange.parse("^1")))
          .isEqualTo(List.of(VersionRange.parse("=1.0.0"), VersionRange.parse("^1.0.0")));
      assertThat(VersionRange.parse("1.0"))
          .hasSameHashCodeAs(VersionRange.parse("=1.0.0"))
          .isNotEqualTo(VersionRange.parse("^1"))
          .isNotEqualTo(VersionRange.parse("1.1"));
    }

    @Test
    void isShownAsItWasWritten() {
      assertThat(VersionRange.parse("^1.2")).hasToString("^1.2");
    }
  }
}
