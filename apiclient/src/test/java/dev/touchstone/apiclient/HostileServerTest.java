package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.apiclient.auth.Challenge;
import dev.touchstone.apiclient.retry.HttpDate;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are meant to do harm, and clocks that cannot be trusted. */
class HostileServerTest extends ServerTest {

  @Test
  void cannotFillTheMemoryWithACompressedBody() throws IOException {
    server.enqueue(
        answer(200).addHeader("Content-Encoding", "gzip").body(bomb()).build());

    assertThatThrownBy(
            () -> client().send(ApiRequest.get("a").maxResponseBytes(1 << 20).asBytes()))
        .isExactlyInstanceOf(DecodeException.class)
        .hasMessageContaining("more than 1048576 bytes");
  }

  @Test
  void cannotFillTheMemoryWithACompressedError() throws IOException {
    server.enqueue(
        answer(400).addHeader("Content-Encoding", "gzip").body(bomb()).build());

    var error = catchThrowableOfType(
        ClientErrorException.class, () -> client().send(ApiRequest.get("a").discard()));

    assertThat(error.context().body()).hasSize(64 << 10);
  }

  @Test
  void cannotHoldACallByAnErrorThatNeverEnds() {
    server.enqueue(answer(404)
        .body("x".repeat(1_000_000))
        .throttleBody(1, 5, TimeUnit.MINUTES)
        .build());

    var error = catchThrowableOfType(
        ClientErrorException.class,
        () -> client()
            .send(ApiRequest.get("a").attemptTimeout(Duration.ofMillis(300)).discard()));

    assertThat(error.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 503})
  void cannotBreakACallByAFieldThatIsNotAscii(int status) {
    server.enqueue(answer(status).addHeaderLenient("Retry-After", "\u0663").build());

    var once = builder().retry(RetryPolicy.none()).build();

    var error = catchThrowableOfType(
        HttpStatusException.class, () -> once.send(ApiRequest.post("a").discard()));

    assertThat(error.status()).isEqualTo(status);
    assertThat(error.retryAfter()).isEmpty();
    assertThat(error.context().headers().all("Retry-After")).hasSize(1);
  }

  private static Buffer bomb() throws IOException {
    var compressed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(compressed))) {
      var zeros = new byte[1 << 20];
      for (var megabyte = 0; megabyte < 100; megabyte++) {
        sink.write(zeros);
      }
    }
    return compressed;
  }

  @Nested
  class AClockThatJumps {

    @ParameterizedTest
    @ValueSource(longs = {-3_650, -1, 1, 3_650})
    void changesNoWaitAndNoTimeLimit(long days) {
      enqueue(
          status(
              503,
              "Date",
              "Thu, 01 Jan 2026 00:00:00 GMT",
              "Retry-After",
              "Thu, 01 Jan 2026 00:00:05 GMT"),
          status(204));
      var jumping = new Jumping(Duration.ofDays(days));

      client().with(copy -> copy.time(jumping)).send(ApiRequest.get("a").discard());

      assertThat(time.sleeps().getFirst())
          .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_500));
    }

    /** Shows another day each time that it is looked at. */
    private final class Jumping implements TimeSource {

      private final Duration jump;
      private int looks;

      private Jumping(Duration jump) {
        this.jump = jump;
      }

      @Override
      public Instant now() {
        return time.now().plus(jump.multipliedBy(looks++ % 3));
      }

      @Override
      public long nanoTime() {
        return time.nanoTime();
      }

      @Override
      public void sleep(Duration wait) throws InterruptedException {
        time.sleep(wait);
      }
    }
  }

  /** What comes from outside is parsed without an exception, whatever it is. */
  @Nested
  class Garbage {

    private static final int ROUNDS = 20_000;

    private final Random random = new Random(11);

    @Test
    void isNoDate() {
      for (var round = 0; round < ROUNDS; round++) {
        var text = garbage("SunMonJan, 0123456789-:GMT ", 40);
        assertThatCode(() -> HttpDate.parse(text, Instant.EPOCH))
            .as(text)
            .doesNotThrowAnyException();
      }
    }

    @Test
    void isNoProblem() {
      var type = Headers.of("Content-Type", "application/problem+json; charset=x");
      for (var round = 0; round < ROUNDS; round++) {
        var text = "{\"type\":" + garbage("\"{}[]:,tru e1.-\\u%/", 12) + ",\"title\":"
            + garbage("\"{}[]:,nul1", 6) + "}";
        var error = ErrorContext.of(URI.create("https://api.test"), 400, type, text);
        assertThatCode(() -> new ClientErrorException(error).getMessage())
            .as(text)
            .doesNotThrowAnyException();
      }
    }

    @Test
    void isAProblemWhoseMembersAreIgnored() {
      var type = Headers.of("Content-Type", "application/problem+json");
      for (var value : new String[] {"1", "[]", "{}", "null", "true", "\"::\"", "\"%\"", "1e999"}) {
        var text =
            "{\"type\":%1$s,\"title\":%1$s,\"status\":%1$s,\"detail\":%1$s,\"instance\":%1$s}"
                .formatted(value);
        var error = ErrorContext.of(URI.create("https://api.test"), 400, type, text);
        assertThatCode(error::problem).as(text).doesNotThrowAnyException();
      }
    }

    @Test
    void isNoChallenge() {
      for (var round = 0; round < ROUNDS; round++) {
        var text = garbage("Basic realm=\",; Bearer\\\t", 60);
        var headers = Headers.of("WWW-Authenticate", text.strip());
        assertThatCode(() -> new Challenge(401, headers).schemes())
            .as(text)
            .doesNotThrowAnyException();
      }
    }

    @Test
    void staysInItsSegmentOfATemplate() {
      for (var round = 0; round < ROUNDS; round++) {
        var text = garbage("ab/.%2e?#;:@\\ \tä\uD83D\uDE00&=+", 8);
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
          continue;
        }
        var url = HttpUrl.get("https://api.test/" + UriTemplate.expand("a/{x}/b", text));
        assertThat(url.pathSegments()).as(text).containsExactly("a", text, "b");
        assertThat(url.query()).isNull();
        assertThat(url.fragment()).isNull();
      }
    }

    private String garbage(String alphabet, int longest) {
      var characters = alphabet.codePoints().toArray();
      var text = new StringBuilder();
      for (var length = random.nextInt(longest + 1); length > 0; length--) {
        text.appendCodePoint(characters[random.nextInt(characters.length)]);
      }
      return text.toString();
    }
  }
}
