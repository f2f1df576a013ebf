package dev.touchstone.apiclient.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RedactionTest {

  private final Redaction redaction = Redaction.standard();

  @Test
  void hidesEveryHeaderThatItDoesNotKnow() {
    assertThat(redaction.header("Authorization", "Bearer x")).isEqualTo("***");
    assertThat(redaction.header("X-Api-Key", "x")).isEqualTo("***");
    assertThat(redaction.header("Cookie", "x")).isEqualTo("***");
    assertThat(redaction.header("content-type", "text/csv")).isEqualTo("text/csv");
  }

  @Test
  void showsWhatItIsToldToShow() {
    assertThat(redaction.showHeaders("X-Request-Id").header("x-request-id", "7"))
        .isEqualTo("7");
    assertThat(redaction.showHeaders("X-Request-Id").header("Accept", "a/b")).isEqualTo("a/b");
  }

  @Test
  void hidesUserAndQueryOfAUrl() {
    var uri = URI.create("https://user:pass@api.test:8443/a%2Fb?page=2&token=x&flag#frag");

    assertThat(redaction.uri(uri)).isEqualTo("https://api.test:8443/a%2Fb?page=***&token=***&***");
    assertThat(redaction.showQuery("page").uri(uri))
        .isEqualTo("https://api.test:8443/a%2Fb?page=2&token=***&***");
  }

  @Test
  void leavesOtherRulesAsTheyAre() {
    redaction.showHeaders("Secret");

    assertThat(Redaction.standard().shows("Secret")).isFalse();
  }
}
