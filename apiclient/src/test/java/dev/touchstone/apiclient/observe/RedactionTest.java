package dev.touchstone.apiclient.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token", "access_token", "refreshToken", "X-Auth-Token", "clientSecret", "PASSWORD",
        "Authorization", "Set-Cookie", "x-api-key", "apiKey", "private_key", "session-id"
      })
  void knowsFieldsThatHoldSecretsByTheWordsOfTheirNames(String name) {
    assertThat(redaction.hidesField(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "author",
        "tokens",
        "keyboard",
        "public_key",
        "key",
        "name",
        "id",
        "",
        "-",
        "X-Api-Version"
      })
  void takesOtherFieldsForHarmless(String name) {
    assertThat(redaction.hidesField(name)).isFalse();
    assertThat(redaction.hideFields("x", name.toUpperCase(Locale.ROOT)).hidesField(name))
        .isTrue();
  }

  @Test
  void leavesOtherRulesAsTheyAre() {
    redaction.showHeaders("Secret");

    assertThat(Redaction.standard().shows("Secret")).isFalse();
  }
}
