package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.auth.RequestAuthenticator;
import dev.touchstone.apiclient.network.RedirectRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest extends ServerTest {

  @StartStop
  public final MockWebServer foreign = new MockWebServer();

  @Test
  void withinTheOriginKeepsCredentialsAndHeaders() {
    enqueue(status(302, "Location", "/b"), json(ITEM));

    authenticated().send(ApiRequest.get("a").header("X-Api-Key", "secret").as(Item.class));

    taken();
    var followed = taken();
    assertThat(followed.getTarget()).isEqualTo("/b");
    assertThat(followed.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
    assertThat(followed.getHeaders().get("X-Api-Key")).isEqualTo("secret");
  }

  @Test
  void toAnotherOriginDropsEverySecret() throws InterruptedException {
    enqueue(status(302, "Location", foreign.url("/b").toString()));
    foreign.enqueue(json(ITEM));

    authenticated()
        .send(ApiRequest.get("a")
            .header("X-Api-Key", "secret")
            .header("Cookie", "secret")
            .header("Proxy-Authorization", "secret")
            .header("Accept-Language", "de")
            .as(Item.class));

    var followed = foreign.takeRequest();
    assertThat(secretsIn(followed)).isEmpty();
    assertThat(followed.getHeaders().get("Accept-Language")).isEqualTo("de");
    assertThat(followed.getHeaders().get("Accept")).isEqualTo("application/json");
  }

  @Test
  void backToTheOriginPutsCredentialsOnAgain() throws InterruptedException {
    enqueue(status(302, "Location", foreign.url("/b").toString()), json(ITEM));
    foreign.enqueue(status(302, "Location", server.url("/c").toString()));

    authenticated().send(ApiRequest.get("a").as(Item.class));

    taken();
    assertThat(secretsIn(foreign.takeRequest())).isEmpty();
    assertThat(taken().getHeaders().get("Authorization")).isEqualTo("Bearer secret");
  }

  @Test
  void toAnotherOriginThatAsksForCredentialsDoesNotRefreshThem() {
    enqueue(status(302, "Location", foreign.url("/b").toString()));
    foreign.enqueue(status(401));

    assertThatThrownBy(() -> authenticated().send(ApiRequest.get("a").as(Item.class)))
        .isInstanceOf(ClientErrorException.class);
    assertThat(foreign.getRequestCount()).isEqualTo(1);
  }

  @Test
  void toAnotherOriginNeverTakesTheBodyAlong() {
    enqueue(status(307, "Location", foreign.url("/b").toString()));

    assertThatThrownBy(() -> client().send(ApiRequest.post("a").json(1).discard()))
        .isExactlyInstanceOf(UnexpectedStatusException.class)
        .hasMessage("POST a: HTTP 307; redirect of POST to another origin");
    assertThat(foreign.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"301, GET, ''", "303, GET, ''", "307, POST, 1", "308, POST, 1"})
  void changesMethodAndBodyByItsStatus(int status, String method, String body) {
    enqueue(status(status, "Location", "/b"), json(ITEM));

    client().send(ApiRequest.post("a").json(1).as(Item.class));

    taken();
    var followed = taken();
    assertThat(followed.getMethod()).isEqualTo(method);
    assertThat(followed.getBody() == null ? "" : followed.getBody().utf8()).isEqualTo(body);
  }

  @Test
  void thatAPostWasAnsweredWithDoesNotMakeItSafeToSendAgain() throws IOException {
    int nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    enqueue(status(303, "Location", "http://127.0.0.1:" + nobody + "/b"));

    var lost = catchThrowableOfType(
        TransportException.class,
        () -> client().send(ApiRequest.post("a").json(1).discard()));

    assertThat(lost.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(lost).hasMessageContaining("it may have been applied; not retried: POST is not");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void toAServerThatIsBusyDoesNotMakeAPostSafeToSendAgain() {
    enqueue(status(303, "Location", "/b"), status(429));

    var busy = catchThrowableOfType(
        RateLimitedException.class,
        () -> client().send(ApiRequest.post("a").json(1).discard()));

    assertThat(busy.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void ofAGetIsFollowedAgainWhenItFails() {
    enqueue(status(302, "Location", "/b"), status(429));
    enqueue(status(302, "Location", "/b"), json(ITEM));

    assertThat(client().exchange(ApiRequest.get("a").as(Item.class)).attempts()).hasSize(2);
  }

  @Test
  void thatNeedsABodyAgainIsRefusedIfItCannotBeSentTwice() {
    enqueue(status(307, "Location", "/b"));
    var once = BodySource.once("text/plain", () -> new ByteArrayInputStream(new byte[] {1}));

    assertThatThrownBy(() -> client().send(ApiRequest.post("a").body(once).discard()))
        .hasMessage("POST a: HTTP 307; redirect that needs the body again, which cannot be sent"
            + " twice; not retried: its body cannot be sent again");
  }

  @Test
  void inALoopEnds() {
    for (var i = 0; i < 11; i++) {
      enqueue(status(302, "Location", "/a"));
    }

    assertThatThrownBy(() -> client().send(ApiRequest.get("a").discard()))
        .hasMessageStartingWith("GET a: HTTP 302; more than 10 redirects");
    assertThat(server.getRequestCount()).isEqualTo(11);
  }

  @Test
  void isAnAnswerIfTheRequestTakesItForOne() {
    enqueue(status(302, "Location", "/b"));

    var answer = client().exchange(ApiRequest.get("a").alsoAccept(302).discard());

    assertThat(answer.link("Location")).contains(server.url("/b").uri());
  }

  @Test
  void isAnErrorIfNoneIsToBeFollowed() {
    enqueue(status(302, "Location", "/b"));
    var client = builder().redirects(RedirectRules.standard().maxHops(0)).build();

    assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
        .hasMessage("GET a: HTTP 302; accept it with alsoAccept(302) if it is a result");
  }

  private ApiClient authenticated() {
    return builder().auth(RequestAuthenticator.bearer(() -> "secret")).build();
  }

  private static String secretsIn(RecordedRequest request) {
    var found = new StringBuilder();
    request.getHeaders().forEach(header -> {
      if (header.getSecond().contains("secret")) {
        found.append(header.getFirst()).append(' ');
      }
    });
    return found.toString();
  }
}
