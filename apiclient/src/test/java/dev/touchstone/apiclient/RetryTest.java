package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.retry.Backoff;
import dev.touchstone.apiclient.retry.Classifier;
import dev.touchstone.apiclient.retry.RetryBudget;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.retry.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest extends ServerTest {

  @Nested
  class Status {

    @ParameterizedTest(name = "{0} makes {1} requests of GET, {2} of POST")
    @CsvSource({
      "400, 1, 1", "401, 1, 1", "404, 1, 1", "408, 3, 1", "409, 1, 1", "421, 3, 3", "425, 3, 3",
      "429, 3, 3", "500, 3, 1", "501, 1, 1", "502, 3, 1", "503, 3, 1", "504, 3, 1", "505, 1, 1",
      "511, 1, 1", "520, 3, 1", "524, 3, 1", "525, 1, 1", "529, 3, 1"
    })
    void decidesTogetherWithTheMethod(int status, int get, int post) {
      assertThat(requestsOf(ApiRequest.get("a").discard(), status)).isEqualTo(get);
      assertThat(requestsOf(ApiRequest.post("a").discard(), status)).isEqualTo(post);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE"})
    void isRetriedForIdempotentMethods(String method) {
      assertThat(requestsOf(ApiRequest.of(method, "a").discard(), 503)).isEqualTo(3);
    }

    @Test
    void isRetriedForARequestDeclaredIdempotent() {
      assertThat(requestsOf(ApiRequest.post("a").idempotent().discard(), 503)).isEqualTo(3);
    }

    @Test
    void isNotRetriedIfTheBodyCannotBeSentAgain() {
      var once = BodySource.once("text/plain", () -> new ByteArrayInputStream(new byte[] {1}));

      assertThat(requestsOf(ApiRequest.put("a").body(once).discard(), 503)).isEqualTo(1);
    }

    @Test
    void thatRefusesIsNotTrustedIfToldSo() {
      enqueue(status(429), status(200));
      var client = builder()
          .retry(RetryPolicy.builder().classifier(Classifier.distrustful()).build())
          .build();

      assertThatThrownBy(() -> client.send(ApiRequest.post("a").discard()))
          .isInstanceOf(RateLimitedException.class);
    }

    private int requestsOf(ApiRequest<?> request, int status) {
      var before = server.getRequestCount();
      enqueue(status(status), status(status), status(status));
      try (var client = client()) {
        assertThatThrownBy(() -> client.send(request)).isInstanceOf(HttpStatusException.class);
      }
      var made = server.getRequestCount() - before;
      for (var i = 0; i < 3 - made; i++) {
        drain();
      }
      return made;
    }

    /** Takes an answer that nobody asked for off the server's queue. */
    private void drain() {
      try (var client = builder().retry(RetryPolicy.none()).build()) {
        client.exchange(ApiRequest.get("drain")
            .alsoAccept(IntStream.range(300, 600).toArray())
            .discard());
      }
    }
  }

  @Nested
  class Success {

    @Test
    void afterARetryTellsOfBothAttempts() {
      enqueue(status(503), json(ITEM));

      var answer = client().exchange(ApiRequest.get("a").as(Item.class));

      assertThat(answer.body()).isEqualTo(new Item(7, "anvil"));
      assertThat(answer.attempts()).extracting(Attempt::number).containsExactly(1, 2);
      assertThat(answer.attempts().getFirst().status()).hasValue(503);
      assertThat(answer.attempts().getFirst().delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(answer.attempts().getLast().waitedBefore())
          .isEqualTo(time.sleeps().getFirst());
    }

    @Test
    void sendsTheSameBodyAgain() {
      enqueue(status(503), json(ITEM));

      client().send(ApiRequest.put("a").json(new Item(7, "anvil")).as(Item.class));

      assertThat(taken().getBody().utf8()).isEqualTo(ITEM);
      assertThat(taken().getBody().utf8()).isEqualTo(ITEM);
    }
  }

  @Nested
  class Failure {

    @Test
    void saysHowOftenItWasTriedAndKeepsTheEarlierOnes() {
      enqueue(status(503), status(502), status(504));

      var error = catchThrowableOfType(
          ServerErrorException.class,
          () -> noWait(builder()).build().send(ApiRequest.get("a").discard()));

      assertThat(error.getMessage())
          .matches("GET a: HTTP 504; the request may have been applied; 3 attempts in PT[\\d.]+S;"
              + " not retried: that was the last attempt");
      assertThat(error.getSuppressed())
          .extracting(earlier -> ((ServerErrorException) earlier).status())
          .containsExactly(503, 502);
      assertThat(error.attempts()).hasSize(3);
    }

    @Test
    void keepsItsMessageWhenItIsSerialized() throws Exception {
      enqueue(status(503));
      var failure = catchThrowableOfType(
          ServerErrorException.class, () -> client().send(ApiRequest.post("a").discard()));

      var bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(failure);
      var copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

      assertThat((Throwable) copy).hasMessage(failure.getMessage());
    }

    @Test
    void saysWhyAPostWasNotRetried() {
      enqueue(status(503));

      assertThatThrownBy(() -> client().send(ApiRequest.post("a").discard()))
          .hasMessage(
              "POST a: HTTP 503; the request may have been applied; not retried: POST is not"
                  + " idempotent; declare idempotent() or give it an idempotency key if the server takes"
                  + " it as such");
    }

    @Test
    void isOfUnknownDeliveryIfAnyAttemptWas() {
      enqueue(status(503), status(404));

      var error = catchThrowableOfType(
          ClientErrorException.class, () -> client().send(ApiRequest.put("a").discard()));

      assertThat(error.delivery()).isEqualTo(Delivery.UNKNOWN);
    }
  }

  @Nested
  class Wait {

    @Test
    void isDrawnFromTheBackoffOfItsKind() {
      enqueue(status(500), status(429), status(500), json(ITEM));
      var policy = RetryPolicy.builder()
          .maxAttempts(4)
          .transientBackoff((attempt, previous, random) -> Duration.ofMillis(attempt))
          .throttledBackoff((attempt, previous, random) -> Duration.ofSeconds(attempt))
          .build();

      builder().retry(policy).build().send(ApiRequest.get("a").as(Item.class));

      assertThat(time.sleeps())
          .containsExactly(Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofMillis(3));
    }

    @ParameterizedTest(name = "{0} with Retry-After: {1} is {2}")
    @CsvSource({"500, 1, 1", "503, , 1", "503, 1, 9", "529, , 9", "429, , 9", "520, , 1"})
    void tellsThrottlingFromTroubles(int status, String retryAfter, int seconds) {
      enqueue(
          retryAfter == null ? status(status) : status(status, "Retry-After", retryAfter),
          json(ITEM));
      var policy = RetryPolicy.builder()
          .transientBackoff((attempt, previous, random) -> Duration.ofSeconds(1))
          .throttledBackoff((attempt, previous, random) -> Duration.ofSeconds(9))
          .build();

      builder()
          .retry(policy)
          .random(() -> new Always(0))
          .build()
          .send(ApiRequest.get("a").as(Item.class));

      assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(seconds));
    }

    @Test
    void thatIsTheLongestIsWaitedFor() {
      enqueue(status(503, "Retry-After", "60"), json(ITEM));

      noWait(builder())
          .timeout(Duration.ofMinutes(2))
          .build()
          .send(ApiRequest.get("a").as(Item.class));

      assertThat(time.sleeps()).containsExactly(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({"429", "503", "500", "408"})
    void isAtLeastWhatTheServerAsksForAndAtMostATenthMore(int status) {
      enqueue(status(status, "Retry-After", "5"), json(ITEM));

      client().send(ApiRequest.get("a").as(Item.class));

      assertThat(time.sleeps().getFirst())
          .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_500));
    }

    @Test
    void isSpreadByOneSecondAtMost() {
      enqueue(status(429, "Retry-After", "50"), json(ITEM));

      noWait(builder())
          .random(() -> new Always(0.999))
          .build()
          .send(ApiRequest.get("a").as(Item.class));

      assertThat(time.sleeps()).containsExactly(Duration.ofMillis(50_999));
    }

    @Test
    void thatTheServerSetsToZeroIsNotMadeByOkHttp() {
      enqueue(status(503, "Retry-After", "0"), json(ITEM));

      assertThatThrownBy(() -> client().send(ApiRequest.post("a").discard()))
          .isInstanceOf(ServerErrorException.class);
      assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void thatIsTooLongFailsNowWithTheTimeToComeBack(int status) {
      enqueue(status(status, "Retry-After", "61"));

      var error = catchThrowableOfType(
          HttpStatusException.class, () -> client().send(ApiRequest.get("a").discard()));

      assertThat(error.retryAt()).contains(Instant.parse("2026-01-01T00:01:01Z"));
      assertThat(error)
          .hasMessageEndingWith("not retried: the server asks to wait PT1M1S, longer than"
              + " longestRetryAfter, PT1M");
      assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void thatIsAbsurdFailsLikeAnyThatIsTooLong() {
      enqueue(status(503, "Retry-After", "999999999999"));

      assertThatThrownBy(() -> client().send(ApiRequest.get("a").discard()))
          .isInstanceOf(ServerErrorException.class)
          .hasMessageContaining("longer than longestRetryAfter");
    }

    @Test
    void thatIsAbsurdFailsForThePatientToo() {
      enqueue(status(503));
      var endless = Duration.ofDays(365_000_000);
      var policy = RetryPolicy.builder()
          .longestRetryAfter(endless)
          .classifier(failed -> new Verdict.Retry(Verdict.Kind.THROTTLED, Optional.of(endless)))
          .build();

      assertThatThrownBy(
              () -> builder().retry(policy).build().send(ApiRequest.get("a").discard()))
          .isInstanceOf(ServerErrorException.class)
          .hasMessageContaining("would come after the time limit");
    }

    @Test
    void thatWouldPassTheTimeLimitFailsNow() {
      enqueue(status(429, "Retry-After", "30"));
      var request = ApiRequest.get("a").timeout(Duration.ofSeconds(30)).discard();

      assertThatThrownBy(() -> noWait(builder()).build().send(request))
          .isInstanceOf(RateLimitedException.class)
          .hasMessage(
              "GET a: HTTP 429; come back in PT30S; not retried: the next attempt, in PT30S,"
                  + " would come after the time limit, PT30S");
      assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void startsOverAfterThePushBackOfTheServer() {
      enqueue(status(500), status(429, "Retry-After", "1"), status(500), json(ITEM));
      var policy = RetryPolicy.builder()
          .maxAttempts(4)
          .transientBackoff((attempt, previous, random) -> Duration.ofMillis(attempt))
          .throttledBackoff((attempt, previous, random) -> Duration.ZERO)
          .build();

      builder()
          .retry(policy)
          .random(() -> new Always(0))
          .build()
          .send(ApiRequest.get("a").as(Item.class));

      assertThat(time.sleeps())
          .containsExactly(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMillis(1));
    }
  }

  @Nested
  class Conflict {

    private final RetryPolicy patient = RetryPolicy.builder()
        .classifier(Classifier.standard().alsoRetrying(409))
        .build();

    @Test
    void isRetriedWithItsKeyIfToldSo() {
      enqueue(status(409, "Retry-After", "2"), status(204));

      var answer = builder()
          .retry(patient)
          .build()
          .exchange(ApiRequest.post("a").idempotencyKey("k").discard());

      assertThat(answer.attempts()).hasSize(2);
      assertThat(time.sleeps().getFirst()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void isNotRetriedWithoutAKeyOrUntold() {
      enqueue(status(409), status(409));

      assertThatThrownBy(
              () -> builder().retry(patient).build().send(ApiRequest.post("a").discard()))
          .isInstanceOf(ClientErrorException.class);
      assertThatThrownBy(() -> client().send(ApiRequest.put("a").discard()))
          .isInstanceOf(ClientErrorException.class);
      assertThat(server.getRequestCount()).isEqualTo(2);
    }
  }

  @Nested
  class Budget {

    @Test
    void thatIsEmptyEndsTheCallAtOnce() {
      enqueue(status(503), status(503), status(503));
      var policy =
          RetryPolicy.builder().budget(RetryBudget.tokenBucket(14, 14, 5)).build();

      assertThatThrownBy(
              () -> builder().retry(policy).build().send(ApiRequest.get("a").discard()))
          .hasMessageEndingWith("not retried: the retry budget of http://" + server.getHostName()
              + ":" + server.getPort() + " is used up");
      assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void isSharedByTheCopiesOfAClient() {
      enqueue(status(503), json(ITEM), status(503), json(ITEM));
      var budget = new Counting();
      var client = builder().retry(RetryPolicy.builder().budget(budget).build()).build();

      client.send(ApiRequest.get("a").as(Item.class));
      client
          .with(copy -> copy.timeout(Duration.ofSeconds(9)))
          .send(ApiRequest.get("a").as(Item.class));

      assertThat(budget.withdrawn).isEqualTo(2);
      assertThat(budget.returned).isEqualTo(2);
    }

    @Test
    void isKeptForEachGroup() {
      enqueue(status(503), json(ITEM), status(503), json(ITEM));
      var policy =
          RetryPolicy.builder().budget(RetryBudget.tokenBucket(14, 14, 5)).build();
      var client = builder().retry(policy).grouping(ApiRequest::method).build();

      assertThat(client.send(ApiRequest.get("a").as(Item.class))).isNotNull();
      assertThat(client.send(ApiRequest.put("a").as(Item.class))).isNotNull();
    }
  }

  @Test
  void aRequestCanHaveAPolicyOfItsOwn() {
    enqueue(status(503), json(ITEM));
    var request =
        ApiRequest.get("a").retry(policy -> policy.toBuilder().maxAttempts(1).build());

    assertThatThrownBy(() -> client().send(request.discard()))
        .hasMessage("GET a: HTTP 503; the request may have been applied");
  }

  private static ApiClient.Builder noWait(ApiClient.Builder builder) {
    Backoff none = (attempt, previous, random) -> Duration.ZERO;
    return builder
        .random(() -> new Always(0))
        .retry(
            RetryPolicy.builder().transientBackoff(none).throttledBackoff(none).build());
  }

  /** Draws the same number each time. */
  private record Always(double value) implements RandomGenerator {

    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public double nextDouble() {
      return value;
    }
  }

  /** Counts what is asked of it. */
  private static final class Counting implements RetryBudget {

    private int withdrawn;
    private int returned;

    @Override
    public boolean tryWithdraw(Target target, Verdict.Kind kind) {
      withdrawn++;
      return true;
    }

    @Override
    public void succeeded(Target target, Optional<Verdict.Kind> retry) {
      returned += retry.isPresent() ? 1 : 0;
    }
  }
}
