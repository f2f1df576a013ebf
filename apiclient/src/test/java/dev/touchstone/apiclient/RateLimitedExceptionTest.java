package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitedExceptionTest {

  private static final ErrorContext ANSWER =
      ErrorContext.of(URI.create("https://api.test/a"), 403, Headers.of("Retry-After", "5"), "");

  @Test
  void tellsWhatTheAnswerSays() {
    assertThat(new RateLimitedException(ANSWER).retryAt())
        .contains(ANSWER.receivedAt().plusSeconds(5));
  }

  @Test
  void tellsWhatItsMapperFound() {
    var comeBack = ANSWER.receivedAt().plusSeconds(90);

    var limited = new RateLimitedException(ANSWER, comeBack);

    assertThat(limited.retryAt()).contains(comeBack);
    assertThat(limited).hasMessageContaining("come back in PT1M30S");
  }

  @Test
  void boundsWhatItsMapperFound() {
    assertThat(new RateLimitedException(ANSWER, Instant.MIN).retryAfter()).contains(Duration.ZERO);
    assertThat(new RateLimitedException(ANSWER, Instant.MAX).retryAfter())
        .contains(Duration.ofDays(36_500));
  }

  @Test
  void makesRetriesWaitUntilThen() {
    var time = new VirtualTime();
    var transport = new ScriptedTransport(
        request -> ScriptedTransport.json(request, time.sleeps().isEmpty() ? 403 : 200, "1"));

    try (var client = ApiClient.builder("https://api.test")
        .transport(transport)
        .time(time)
        .errors(error ->
            Optional.of(new RateLimitedException(error, error.receivedAt().plusSeconds(20))))
        .build()) {
      client.send(ApiRequest.get("a").discard());
    }

    assertThat(time.sleeps())
        .singleElement()
        .satisfies(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(20)));
  }
}
