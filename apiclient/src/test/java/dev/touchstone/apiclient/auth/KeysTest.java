package dev.touchstone.apiclient.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.BodySource;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Request;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Credentials that are put on a request as they are, or that sign it. */
class KeysTest {

  private final ScriptedTransport transport =
      new ScriptedTransport(request -> ScriptedTransport.json(request, 200, "1"));

  @Test
  void basicAuthenticationEncodesUserAndPasswordInUtf8() {
    var sent = send(RequestAuthenticator.basic("test", () -> "123£"));

    // The example of RFC 7617 section 2.1.
    assertThat(sent.header("Authorization")).isEqualTo("Basic dGVzdDoxMjPCow==");
  }

  @Test
  void basicAuthenticationHasNoColonInTheUser() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestAuthenticator.basic("a:b", () -> "c"))
        .withMessage("user must not contain a colon (RFC 7617 section 2)");
  }

  @Test
  void aKeyGoesIntoAHeader() {
    assertThat(send(RequestAuthenticator.apiKey("X-Api-Key", () -> "k")).header("X-Api-Key"))
        .isEqualTo("k");
  }

  @Test
  void aKeyGoesIntoTheQuery() {
    var sent = send(RequestAuthenticator.queryKey("api key", () -> "a&b"));

    assertThat(sent.url().encodedQuery()).isEqualTo("page=2&api%20key=a%26b");
  }

  @Test
  void nothingIsSentInPlaceOfASecretThatIsNotThere() {
    assertMissing(RequestAuthenticator.basic("user", () -> null), "password", "null");
    assertMissing(RequestAuthenticator.apiKey("X-Key", () -> null), "key X-Key", "null");
    assertMissing(RequestAuthenticator.apiKey("X-Key", () -> " "), "key X-Key", "a blank string");
    assertMissing(RequestAuthenticator.queryKey("key", () -> ""), "key key", "a blank string");
  }

  private void assertMissing(RequestAuthenticator authenticator, String what, String found) {
    assertThatIllegalStateException()
        .isThrownBy(() -> send(authenticator))
        .withMessage("the supplier of the " + what + " must return one, but returned " + found);
    assertThat(transport.requests()).isEmpty();
  }

  @Test
  void noneShowsItsSecret() {
    assertThat(RequestAuthenticator.basic("user", () -> "p"))
        .hasToString("BasicAuthentication[hidden]");
    assertThat(RequestAuthenticator.apiKey("X-Api-Key", () -> "k"))
        .hasToString("ApiKey[X-Api-Key, hidden]");
    assertThat(HmacSignature.of("id", () -> new byte[] {1})).hasToString("HmacSignature[id]");
  }

  @Nested
  class Signature {

    private final byte[] secret = "secret".getBytes(UTF_8);
    private final VirtualTime time = new VirtualTime();
    private final HmacSignature signature = HmacSignature.of("id", () -> secret).time(time);

    @Test
    void coversTimeMethodPathQueryAndBody() throws Exception {
      var sent = send(signature);

      var emptySha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
      assertThat(sent.header("X-Key-Id")).isEqualTo("id");
      assertThat(sent.header("X-Timestamp")).isEqualTo("1767225600");
      assertThat(sent.header("X-Signature"))
          .isEqualTo(hmac("1767225600\nGET\n/a%2Fb?page=2\n" + emptySha));
    }

    @Test
    void isMadeAnewForEachAttempt() {
      var attempts = new AtomicInteger();
      var flaky = new ScriptedTransport(request ->
          ScriptedTransport.json(request, attempts.getAndIncrement() == 0 ? 429 : 200, "1"));
      var client = ApiClient.builder("https://api.test")
          .transport(flaky)
          .time(time)
          .auth(signature)
          .retry(RetryPolicy.builder()
              .throttledBackoff((attempt, previous, random) -> Duration.ofSeconds(5))
              .build())
          .build();

      client.send(ApiRequest.post("a").json(1).discard());

      assertThat(flaky.requests())
          .extracting(request -> request.header("X-Timestamp"))
          .containsExactly("1767225600", "1767225605");
    }

    @Test
    void needsABodyInMemory() {
      var once = BodySource.once("a/b", () -> new ByteArrayInputStream(new byte[1]));

      assertThatIllegalStateException()
          .isThrownBy(
              () -> client(signature).send(ApiRequest.put("a").body(once).discard()))
          .withMessage("a body must be in memory to be signed; use json() or BodySource.of(type,"
              + " bytes)");
    }

    private String hmac(String text) throws Exception {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }
  }

  private Request send(RequestAuthenticator authenticator) {
    client(authenticator).send(ApiRequest.get("{path}", "a/b").query("page", 2).discard());
    return transport.requests().getLast();
  }

  private ApiClient client(RequestAuthenticator authenticator) {
    return ApiClient.builder("https://api.test")
        .transport(transport)
        .auth(authenticator)
        .build();
  }
}
