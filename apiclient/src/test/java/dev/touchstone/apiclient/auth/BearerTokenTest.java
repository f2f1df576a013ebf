package dev.touchstone.apiclient.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.ClientErrorException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class BearerTokenTest {

  @StartStop
  public final MockWebServer server = new MockWebServer();

  @Test
  void isAskedForWithEveryRequest() throws InterruptedException {
    answer(200, 200);
    var client = client(new ArrayDeque<>(List.of("one", "two")));

    client.send(ApiRequest.get("a").discard());
    client.send(ApiRequest.get("a").discard());

    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer one");
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer two");
  }

  @Test
  void isReplacedOnceAfterA401() throws InterruptedException {
    answer(401, 200);
    var client = client(new ArrayDeque<>(List.of("old", "new", "new")));

    var answer = client.exchange(ApiRequest.post("a").discard());

    assertThat(answer.attempts()).hasSize(1);
    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer new");
  }

  @Test
  void isNotSentAgainIfItIsStillTheSame() {
    answer(401);
    var client = client(new ArrayDeque<>(List.of("same", "same")));

    assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
        .isInstanceOf(ClientErrorException.class)
        .hasMessage("GET a: HTTP 401; check the credentials");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void isReplacedOnlyOncePerCall() {
    answer(401, 401);
    var client = client(new ArrayDeque<>(List.of("one", "two", "two", "three")));

    assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
        .isInstanceOf(ClientErrorException.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void mustNotBeBlank() {
    var client = client(new ArrayDeque<>(List.of(" ")));

    assertThatIllegalStateException()
        .isThrownBy(() -> client.send(ApiRequest.get("a").discard()))
        .withMessage(
            "the supplier of the bearer token must return one, but returned a blank" + " string");
  }

  @Test
  void isNeverShown() {
    assertThat(RequestAuthenticator.bearer(() -> "secret")).hasToString("BearerToken[hidden]");
    assertThat(Credential.of("secret")).hasToString("Credential[hidden]");
  }

  private ApiClient client(Queue<String> tokens) {
    return ApiClient.builder(server.url("/").toString())
        .auth(RequestAuthenticator.bearer(tokens::remove))
        .build();
  }

  private void answer(int... statuses) {
    for (var status : statuses) {
      server.enqueue(new MockResponse.Builder().code(status).build());
    }
  }
}
