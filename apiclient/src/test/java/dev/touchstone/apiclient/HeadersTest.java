package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HeadersTest {

  private static final String MESSAGE =
      "the value of header X-Api-Key must be ASCII without control characters, but has U+000A at"
          + " index 6; encode it, or strip it if it comes from a file";

  private final ScriptedTransport transport =
      new ScriptedTransport(request -> ScriptedTransport.json(request, 200, "1"));

  @Test
  void areFoundWhateverTheirCase() {
    var headers = Headers.of("Link", "a", "LINK", "b", "Date", "c");

    assertThat(headers.first("link")).contains("a");
    assertThat(headers.all("link")).containsExactly("a", "b");
    assertThat(headers.first("none")).isEmpty();
    assertThat(headers.names()).containsExactly("Date", "Link");
  }

  @Test
  void showTheirNamesOnly() {
    assertThat(Headers.of("X-Api-Key", "secret")).hasToString("Headers[X-Api-Key]");
  }

  @Test
  void mayHoldBlanksAndTabsAndNothingAtAll() {
    assertThat(Headers.of("A", "b\tc d", "E", "").all("A")).containsExactly("b\tc d");
  }

  @Test
  void mustHaveAValueForEachName() {
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A"));
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A b", "c"));
  }

  /* A key that was read from a file with its line break is the usual case. */
  @Test
  void thatCannotBeSentAreRefusedWhereTheyAreSetAndNotShown() {
    var client = ApiClient.builder("https://api.test")
        .transport(transport)
        .auth(RequestAuthenticator.apiKey("X-Api-Key", () -> "secret\n"))
        .build();

    for (var setting : List.<ThrowingCallable>of(
        () -> Headers.of("X-Api-Key", "secret\n"),
        () -> ApiRequest.get("a").header("X-Api-Key", "secret\n"),
        () -> ApiClient.builder().defaultHeader("X-Api-Key", "secret\n"),
        () -> client.send(ApiRequest.get("a").discard()))) {
      assertThatIllegalArgumentException()
          .isThrownBy(setting)
          .withMessage(MESSAGE)
          .withNoCause();
    }
    assertThat(transport.requests()).isEmpty();
  }
}
