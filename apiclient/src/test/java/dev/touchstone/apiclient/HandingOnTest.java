package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program needs that hands requests and answers on. */
class HandingOnTest extends ServerTest {

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 304, 401, 418, 429, 503})
  void takesEveryStatusForAResultAndAsksOnce(int code) {
    enqueue(status(code, "Location", "/b"));

    var response = client().exchange(ApiRequest.get("a").acceptAll().asBytes());

    assertThat(response.status()).isEqualTo(code);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void handsOverFieldsInOrderAndTakesThemIn() {
    var seen = new ArrayList<String>();
    var headers = Headers.of("B", "1", "A", "2", "B", "3");
    enqueue(json(ITEM));

    headers.forEach((name, value) -> seen.add(name + "=" + value));
    client().send(ApiRequest.get("a").header("C", "4").headers(headers).as(Item.class));

    assertThat(seen).containsExactly("B=1", "A=2", "B=3");
    var sent = taken().getHeaders();
    assertThat(sent.values("B")).containsExactly("1", "3");
    assertThat(sent.get("C")).isEqualTo("4");
  }

  @Test
  void leavesTheMediaTypeOfABodyWithoutOneToTheHeaders() {
    enqueue(json(ITEM));

    client()
        .send(ApiRequest.post("a")
            .header("Content-Type", "odd")
            .body(new Untyped())
            .discard());

    assertThat(taken().getHeaders().values("Content-Type")).containsExactly("odd");
  }

  /** A body whose media type is not known. */
  private static final class Untyped implements BodySource {

    @Override
    public String contentType() {
      return "";
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
      sink.write("x".getBytes(UTF_8));
    }
  }
}
