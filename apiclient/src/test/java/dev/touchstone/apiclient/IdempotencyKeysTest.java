package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyKeysTest extends ServerTest {

  private static final String HEADER = "Idempotency-Key";

  @Test
  void makeAPostRetryableWithTheSameKey() {
    enqueue(status(503), status(503), json("1"));

    keyed().send(ApiRequest.post("a").discard());

    var key = taken().getHeaders().get(HEADER);
    assertThat(key).matches("[0-9a-f-]{36}");
    assertThat(taken().getHeaders().get(HEADER)).isEqualTo(key);
    assertThat(taken().getHeaders().get(HEADER)).isEqualTo(key);
  }

  @Test
  void differFromCallToCallOfTheSameRequest() {
    enqueue(json("1"), json("1"));
    var request = ApiRequest.patch("a").discard();

    keyed().send(request);
    keyed().send(request);

    assertThat(taken().getHeaders().get(HEADER))
        .isNotEqualTo(taken().getHeaders().get(HEADER));
  }

  @Test
  void canBeSetByTheCaller() {
    enqueue(status(503), json("1"));

    client().send(ApiRequest.post("a").idempotencyKey("order-7").discard());

    taken();
    assertThat(taken().getHeaders().get(HEADER)).isEqualTo("order-7");
  }

  @ParameterizedTest(name = "{0} is sent as {1}")
  @CsvSource({"order-7, \"order-7\"", "a\"b\\c, \"a\\\"b\\\\c\""})
  void canBeQuotedAsTheDraftHasIt(String key, String sent) {
    enqueue(json("1"));

    builder()
        .idempotencyKeys(IdempotencyKeys.quoted())
        .build()
        .send(ApiRequest.post("a").idempotencyKey(key).discard());

    assertThat(taken().getHeaders().get(HEADER)).isEqualTo(sent);
  }

  @Test
  void areNotPutOnWhatIsIdempotentAnyway() {
    enqueue(json("1"), json("1"));

    keyed().send(ApiRequest.put("a").discard());
    keyed().send(ApiRequest.get("a").discard());

    assertThat(taken().getHeaders().get(HEADER)).isNull();
    assertThat(taken().getHeaders().get(HEADER)).isNull();
  }

  @Test
  void mustNotBeBlank() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiRequest.post("a").idempotencyKey(" "))
        .withMessage("idempotencyKey must not be blank");
  }

  private ApiClient keyed() {
    return builder().idempotencyKeys(IdempotencyKeys.bare(HEADER)).build();
  }
}
