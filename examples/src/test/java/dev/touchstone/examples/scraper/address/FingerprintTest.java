package dev.touchstone.examples.scraper.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  @ParameterizedTest
  @CsvSource({
    "http://a.example/x?b=2&a=1, http://a.example/x?a=1&b=2",
    "http://a.example/x?a=1&utm_source=mail, http://a.example/x?a=1",
    "http://a.example/x?PHPSESSID=123, http://a.example/x",
    "http://a.example/x;jsessionid=77AB?a=1, http://a.example/x?a=1",
    "http://a.example/x;JSESSIONID=1, http://a.example/x;jsessionid=2",
    "http://a.example/x?, http://a.example/x",
  })
  void isTheSameWhereOnlyAccidentsDiffer(URI one, URI other) {
    assertThat(Fingerprint.of(one)).isEqualTo(Fingerprint.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/x, https://a.example/x",
    "http://a.example/x, http://a.example/X",
    "http://a.example/x, http://a.example/x/",
    "http://a.example/x?a=1, http://a.example/x?a=2",
    "http://a.example/x?a=1&a=2, http://a.example/x?a=2",
    "http://a.example/x;v=1, http://a.example/x;v=2",
    "http://a.example/, http://a.example:81/",
  })
  void isAnotherWhereThePageMayDiffer(URI one, URI other) {
    assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(other));
  }

  @Test
  void isDifferentForAHundredThousandAddresses() {
    var numbers = new HashSet<Long>();
    for (var i = 0; i < 100_000; i++) {
      numbers.add(Fingerprint.of(URI.create("http://a.example/" + i)));
    }

    assertThat(numbers).hasSize(100_000).doesNotContain(0L);
  }
}
