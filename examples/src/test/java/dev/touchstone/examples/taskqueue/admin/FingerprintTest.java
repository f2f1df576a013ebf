package dev.touchstone.examples.taskqueue.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  @ParameterizedTest
  @CsvSource({
    "connection to 10.0.0.7:5432 refused, connection to # refused",
    "no user 4711, no user #",
    "request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 failed, request # failed",
    "no object 5f4dcc3b5aa765d61d8327deb882cf99, no object #",
    "java.lang.Object@1b6d3586 is closed, java.lang.Object# is closed",
    "mailbox of ada.l+x@example.org is full, mailbox of …@… is full",
    "decade facade, decade facade",
  })
  void leavesOutWhatDiffers(String error, String fingerprint) {
    assertThat(Fingerprint.of(error)).isEqualTo(fingerprint);
  }

  @Test
  void isOneLineAndNotTooLong() {
    assertThat(Fingerprint.of("first\nsecond")).isEqualTo("first");
    assertThat(Fingerprint.of("x".repeat(500))).hasSize(161).endsWith("…");
    assertThat(Fingerprint.of("")).isEmpty();
  }
}
