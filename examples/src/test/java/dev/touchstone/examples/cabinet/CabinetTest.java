package dev.touchstone.examples.cabinet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CabinetTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private Cabinet cabinet;

  @BeforeEach
  void open() throws IOException {
    cabinet = Cabinet.open();
  }

  @AfterEach
  void close() {
    cabinet.close();
    client.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(cabinet.uri().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Nested
  class Site {

    @Test
    void hasAnEntranceThatLinksToEveryRoom() throws Exception {
      var entrance = get("/");

      assertThat(entrance.statusCode()).isEqualTo(200);
      assertThat(entrance.body()).contains("href='rooms/0'", "href='rooms/19'");
    }

    @Test
    void isTheSameEachTime() throws Exception {
      var first = get("/minerals/cobalt-spinel").body();
      try (var another = Cabinet.open()) {
        var request = HttpRequest.newBuilder(another.uri().resolve("/minerals/cobalt-spinel"));

        assertThat(client.send(request.build(), BodyHandlers.ofString()).body()).isEqualTo(first);
      }
    }

    @Test
    void turnsTheFirstVisitorOfABusyRoomAway() throws Exception {
      var first = get("/rooms/2");

      assertThat(first.statusCode()).isEqualTo(503);
      assertThat(first.headers().firstValue("Retry-After")).contains("1");
      assertThat(get("/rooms/2").statusCode()).isEqualTo(200);
    }

    @Test
    void redirectsFromOldAddresses() throws Exception {
      var old = get("/old/3");

      assertThat(old.statusCode()).isEqualTo(301);
      assertThat(get(old.headers().firstValue("Location").orElseThrow()).statusCode())
          .isEqualTo(200);
    }

    @Test
    void answers404ToWhatItDoesNotHave() throws Exception {
      for (var path : new String[] {
        "/nothing",
        "/rooms/20",
        "/rooms/-1",
        "/rooms/99999999999",
        "/old/x",
        "/minerals/",
        "/a/b/c/d"
      }) {
        assertThat(get(path).statusCode()).as(path).isEqualTo(404);
      }
    }

    @Test
    void countsTheRequestsBelowEachFolder() throws Exception {
      get("/vault/1");
      get("/vault/2");

      assertThat(cabinet.requestsBelow("vault")).isEqualTo(2);
      assertThat(cabinet.requestsBelow("rooms")).isZero();
    }
  }

  @Nested
  class Laboratory {

    @Test
    void answersToThoseWithAToken() throws Exception {
      var assay = get("/api/assays/amber-agate", "Authorization", "Bearer " + cabinet.token());

      assertThat(assay.statusCode()).isEqualTo(200);
      assertThat(assay.body()).startsWith("{\"mineral\":\"Amber agate\",\"hardness\":");
    }

    @Test
    void asksTheOthersForOne() throws Exception {
      var assay = get("/api/assays/amber-agate");

      assertThat(assay.statusCode()).isEqualTo(401);
      assertThat(assay.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void isGoneAfterItIsClosed() throws Exception {
    URI address = cabinet.uri();
    cabinet.close();

    assertThat(org.assertj.core.api.Assertions.catchThrowable(
            () -> client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())))
        .isInstanceOf(IOException.class);
  }
}
