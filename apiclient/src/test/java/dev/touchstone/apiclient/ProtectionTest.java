package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.touchstone.apiclient.ratelimit.RateLimit;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps calls off the wire. */
class ProtectionTest {

  private static final String NAME = "https://api.test:443";

  private final VirtualTime time = new VirtualTime();
  private ScriptedTransport.Script script = request -> ScriptedTransport.json(request, 200, "1");
  private final ScriptedTransport transport =
      new ScriptedTransport(request -> script.answer(request));

  private ApiClient.Builder builder() {
    return ApiClient.builder("https://api.test").transport(transport).time(time);
  }

  @Nested
  class ServerQuota {

    private final ApiClient client =
        builder().rateLimits(RateLimitReader.ietf()).build();

    @Test
    void thatIsUsedUpMakesTheNextCallWait() {
      script = request -> limited(request, "a;r=0;t=30");
      client.send(ApiRequest.get("a").discard());

      var answer = client.exchange(ApiRequest.get("a").discard());

      assertThat(time.sleeps().getFirst())
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
      assertThat(answer.attempts().getFirst().waitedBefore())
          .isEqualTo(time.sleeps().getFirst());
      assertThat(answer.attempts().getFirst().took()).isZero();
    }

    @Test
    void thatIsFullAgainTooLateFailsTheNextCallNow() {
      script = request -> limited(request, "a;r=0;t=61");
      client.send(ApiRequest.get("a").discard());

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .isInstanceOfSatisfying(RejectedException.class, e -> {
            assertThat(e.by()).isEqualTo(RejectedException.By.SERVER_QUOTA);
            assertThat(e.retryAt()).contains(Instant.parse("2026-01-01T00:01:01Z"));
            assertThat(e.delivery()).isEqualTo(Delivery.NOT_SENT);
          })
          .hasMessage("GET a: the server's quota is used up for " + NAME + "; come back in PT1M1S");
      assertThat(transport.requests()).hasSize(1);
    }

    @Test
    void thatIsFullAgainAfterTheTimeLimitFailsTheNextCallNow() {
      script = request -> limited(request, "a;r=0;t=30");
      client.send(ApiRequest.get("a").discard());

      assertThatThrownBy(() ->
              client.send(ApiRequest.get("a").timeout(Duration.ofSeconds(30)).discard()))
          .isInstanceOf(RejectedException.class);
      assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void isPausedForAllWhenOneIsRefused() {
      script = request -> retryAfter(request, 429, 70);
      assertThat(catchThrowable(() -> client.send(ApiRequest.get("a").discard())))
          .isInstanceOf(RateLimitedException.class);

      assertThatThrownBy(() -> client.send(ApiRequest.get("b").discard()))
          .isInstanceOf(RejectedException.class);
      assertThat(transport.requests()).hasSize(1);
    }

    @Test
    void isSharedByTheCopiesOfAClient() {
      script = request -> limited(request, "a;r=0;t=61");
      client.with(copy -> {}).send(ApiRequest.get("a").discard());

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .isInstanceOf(RejectedException.class);
    }

    @Test
    void tellsARefusedCallWhenToComeBack() {
      script = request -> ScriptedTransport.json(request, 429, "")
          .newBuilder()
          .header("RateLimit", "a;r=0;t=61, b;r=3;t=900")
          .build();

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .isInstanceOfSatisfying(RateLimitedException.class, e -> {
            assertThat(e.retryAt()).contains(Instant.parse("2026-01-01T00:01:01Z"));
            assertThat(e.context().rateLimits())
                .containsExactly(
                    new RateLimit("a", 0, Duration.ofSeconds(61)),
                    new RateLimit("b", 3, Duration.ofMinutes(15)));
          });
      assertThat(transport.requests()).hasSize(1);
      assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void thatIsFullAgainInAMillionYearsIsToldLikeAnyOther() {
      script = request -> ScriptedTransport.json(request, 429, "")
          .newBuilder()
          .header("RateLimit", "a;r=0;t=999999999999999")
          .build();
      var endless = Duration.ofSeconds(Long.MAX_VALUE);
      var patient = client.with(
          copy -> copy.retry(RetryPolicy.builder().longestRetryAfter(endless).build()));

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .isInstanceOf(RateLimitedException.class);
      assertThatThrownBy(() -> patient.send(ApiRequest.get("a").discard()))
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.by()).isEqualTo(RejectedException.By.SERVER_QUOTA));
    }

    @Test
    void isPartOfTheAnswer() {
      script = request -> limited(request, "a;r=7;t=30");

      assertThat(client.exchange(ApiRequest.get("a").discard()).rateLimits())
          .containsExactly(new RateLimit("a", 7, Duration.ofSeconds(30)));
    }

    @Test
    void isNotUsedUpByCallsThatAnOpenBreakerKeepsAtHome() {
      var breakers = CircuitBreakerRegistry.ofDefaults();
      var guarded = client.with(copy -> copy.circuitBreakers(breakers));
      script = request -> limited(request, "a;r=2;t=30");
      guarded.send(ApiRequest.get("a").discard());
      breakers.circuitBreaker(NAME).transitionToOpenState();

      for (var i = 0; i < 5; i++) {
        assertThat(catchThrowable(() -> guarded.send(ApiRequest.get("a").discard())))
            .isInstanceOfSatisfying(
                RejectedException.class,
                e -> assertThat(e.by()).isEqualTo(RejectedException.By.CIRCUIT_BREAKER));
      }
      client.send(ApiRequest.get("a").discard());

      assertThat(time.sleeps()).isEmpty();
    }

    private Response limited(Request request, String field) {
      return ScriptedTransport.json(request, 200, "1")
          .newBuilder()
          .header("RateLimit", field)
          .build();
    }

    private Response retryAfter(Request request, int status, int seconds) {
      return ScriptedTransport.json(request, status, "")
          .newBuilder()
          .header("Retry-After", Integer.toString(seconds))
          .build();
    }
  }

  @Nested
  class OwnQuota {

    private final RateLimiterConfig.Builder config =
        RateLimiterConfig.custom().limitForPeriod(1).limitRefreshPeriod(Duration.ofHours(1));

    @Test
    void makesTheNextCallWaitWithoutHoldingItsThread() {
      var patient =
          RateLimiter.of("own", config.timeoutDuration(Duration.ofHours(2)).build());
      var client = builder().limiter(patient).timeout(Duration.ofHours(3)).build();

      client.send(ApiRequest.get("a").discard());
      client.send(ApiRequest.get("a").discard());

      assertThat(time.sleeps())
          .singleElement()
          .satisfies(
              wait -> assertThat(wait).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
    }

    @Test
    void refusesAtOnceWhatItWouldRefuseInTheEnd() {
      var impatient =
          RateLimiter.of("own", config.timeoutDuration(Duration.ofMinutes(1)).build());
      var client = builder().limiter(impatient).build();
      client.send(ApiRequest.get("a").discard());

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.by()).isEqualTo(RejectedException.By.RATE_LIMITER))
          .hasMessage(
              "GET a: the rate limit of the client is reached for " + NAME + "; come back later");
    }
  }

  @Nested
  class Breaker {

    private final CircuitBreakerRegistry registry =
        CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(2)
            .minimumNumberOfCalls(2)
            .build());
    private final ApiClient client =
        builder().circuitBreakers(registry).retry(RetryPolicy.none()).build();

    @Test
    void opensAfterFailuresAndThenSendsNothing() {
      script = request -> {
        throw new IOException("lost");
      };
      fail(2);

      assertThatThrownBy(() -> client.send(ApiRequest.get("a").discard()))
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.by()).isEqualTo(RejectedException.By.CIRCUIT_BREAKER))
          .hasMessage("GET a: the circuit breaker is OPEN for " + NAME + "; come back later");
      assertThat(transport.requests()).hasSize(2);
    }

    @ParameterizedTest(name = "{0} is recorded as {1} failures, {2} successes")
    @CsvSource({
      "200, 0, 1",
      "404, 0, 1",
      "408, 1, 0",
      "421, 0, 0",
      "429, 0, 0",
      "500, 1, 0",
      "503, 1, 0"
    })
    void recordsWhatTheAnswerSaysAboutTheServer(int status, int failures, int successes) {
      script = request -> ScriptedTransport.json(request, status, "1");

      var unused = catchThrowable(() -> client.send(ApiRequest.get("a").discard()));

      assertThat(metrics().getNumberOfFailedCalls()).isEqualTo(failures);
      assertThat(metrics().getNumberOfSuccessfulCalls()).isEqualTo(successes);
    }

    @ParameterizedTest(name = "{0}, accepted, is recorded as {1} failures, {2} successes")
    @CsvSource({"200, 0, 1", "404, 0, 1", "429, 0, 1", "500, 1, 0", "503, 1, 0"})
    void isToldOfFaultsOfTheServerThatTheCallTakesForResults(
        int status, int failures, int successes) {
      script = request -> ScriptedTransport.json(request, status, "1");

      var answer = client.exchange(ApiRequest.get("a").acceptAll().asText());
      var streamed = client.<Integer>stream(
          ApiRequest.get("a").alsoAccept(status).discard(), response -> response.status());

      assertThat(answer.body()).isEqualTo("1");
      assertThat(streamed).isEqualTo(status);
      assertThat(metrics().getNumberOfFailedCalls()).isEqualTo(2 * failures);
      assertThat(metrics().getNumberOfSuccessfulCalls()).isEqualTo(2 * successes);
    }

    @Test
    void getsItsPermissionBackWhenACallBreaksForAnotherReason() {
      registry.circuitBreaker(NAME).transitionToOpenState();
      registry.circuitBreaker(NAME).transitionToHalfOpenState();
      script = request -> {
        throw new IllegalStateException("a broken interceptor");
      };

      for (var i = 0; i < 20; i++) {
        assertThat(catchThrowable(() -> client.send(ApiRequest.get("a").discard())))
            .isInstanceOf(IllegalStateException.class);
      }
    }

    @Test
    void getsItsPermissionBackFromAnAnswerThatSaysNothingOfTheServer() {
      registry.circuitBreaker(NAME).transitionToOpenState();
      registry.circuitBreaker(NAME).transitionToHalfOpenState();
      script = request -> ScriptedTransport.json(request, 429, "");

      for (var i = 0; i < 20; i++) {
        assertThat(catchThrowable(() -> client.send(ApiRequest.get("a").discard())))
            .isInstanceOf(RateLimitedException.class);
      }
    }

    @Test
    void isToldHowLongTheServerTook() {
      var slow = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
          .slowCallDurationThreshold(Duration.ofSeconds(2))
          .build());
      var watched = builder().circuitBreakers(slow).build();
      var wait = new AtomicReference<>(Duration.ofSeconds(3));
      script = request -> {
        time.advance(wait.get());
        return ScriptedTransport.json(request, 200, "1");
      };

      watched.send(ApiRequest.get("a").discard());
      wait.set(Duration.ofSeconds(1));
      watched.send(ApiRequest.get("a").discard());

      var seen = slow.circuitBreaker(NAME).getMetrics();
      assertThat(seen.getNumberOfSuccessfulCalls()).isEqualTo(2);
      assertThat(seen.getNumberOfSlowCalls()).isEqualTo(1);
    }

    private void fail(int times) {
      for (var i = 0; i < times; i++) {
        assertThat(catchThrowable(() -> client.send(ApiRequest.get("a").discard())))
            .isInstanceOf(TransportException.class);
      }
    }

    private CircuitBreaker.Metrics metrics() {
      return registry.circuitBreaker(NAME).getMetrics();
    }
  }

  @Nested
  class Full {

    private final BulkheadRegistry registry = BulkheadRegistry.of(BulkheadConfig.custom()
        .maxConcurrentCalls(1)
        .maxWaitDuration(Duration.ZERO)
        .build());
    private final ApiClient client =
        builder().bulkheads(registry).retry(RetryPolicy.none()).build();

    @Test
    void bulkheadRefusesWhileABodyIsOpen() {
      client.stream(ApiRequest.get("a").discard(), response -> {
        assertThatThrownBy(() -> client.send(ApiRequest.get("b").discard()))
            .isInstanceOfSatisfying(
                RejectedException.class,
                e -> assertThat(e.by()).isEqualTo(RejectedException.By.BULKHEAD))
            .hasMessage("GET b: too many calls are under way for " + NAME + "; come back later");
        return 1;
      });

      assertThat(free()).isEqualTo(1);
    }

    @Test
    void bulkheadIsLeftAfterEveryEnd() {
      client.send(ApiRequest.get("a").discard());
      script = request -> ScriptedTransport.json(request, 500, "");
      assertThat(catchThrowable(() -> client.send(ApiRequest.get("a").discard())))
          .isNotNull();
      script = request -> {
        throw new IllegalStateException("a broken interceptor");
      };
      assertThat(catchThrowable(() -> client.send(ApiRequest.get("a").discard())))
          .isNotNull();
      script = request -> ScriptedTransport.json(request, 200, "no json");
      assertThat(catchThrowable(() -> client.send(ApiRequest.get("a").as(Integer.class))))
          .isInstanceOf(DecodeException.class);

      assertThat(free()).isEqualTo(1);
    }

    @Test
    void bulkheadIsLeftWhenTheBreakerRefuses() {
      var breakers = CircuitBreakerRegistry.ofDefaults();
      breakers.circuitBreaker(NAME).transitionToOpenState();
      var refused = builder().bulkheads(registry).circuitBreakers(breakers).build();

      assertThatThrownBy(() -> refused.send(ApiRequest.get("a").discard()))
          .isInstanceOf(RejectedException.class);

      assertThat(free()).isEqualTo(1);
    }

    @Test
    void bulkheadIsLeftWhenAListenerToTheBreakersFails() {
      var breakers = CircuitBreakerRegistry.ofDefaults();
      breakers.getEventPublisher().onEntryAdded(added -> {
        throw new IllegalStateException("broken on purpose");
      });
      var guarded = client.with(copy -> copy.circuitBreakers(breakers));

      assertThat(catchThrowable(() -> guarded.send(ApiRequest.get("a").discard())))
          .isInstanceOf(IllegalStateException.class);
      assertThat(free()).isEqualTo(1);
    }

    private int free() {
      return registry.bulkhead(NAME).getMetrics().getAvailableConcurrentCalls();
    }
  }
}
