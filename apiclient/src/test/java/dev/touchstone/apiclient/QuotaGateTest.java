package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QuotaGateTest {

  private static final Target TARGET = Target.of(URI.create("https://api.test"));
  private static final Target OTHER = Target.of(URI.create("https://other.test"));

  private final VirtualTime time = new VirtualTime();
  private final QuotaGate gate = new QuotaGate(List.of(RateLimitReader.ietf()), time);

  @Test
  void isOpenUntilItKnowsBetter() {
    assertThat(waitOf(TARGET)).isZero();
  }

  @Test
  void letsPassWhatRemainsAndHoldsTheRestUntilTheReset() {
    learn("a;r=2;t=30");

    assertThat(waitOf(TARGET)).isZero();
    assertThat(waitOf(TARGET)).isZero();
    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofSeconds(30));
    assertThat(waitOf(OTHER)).isZero();
  }

  @Test
  void opensAtTheReset() {
    learn("a;r=0;t=30");
    time.advance(Duration.ofSeconds(30));

    assertThat(waitOf(TARGET)).isZero();
  }

  @Test
  void obeysTheTightestOfSeveralWindows() {
    learn("a;r=0;t=3, b;r=0;t=20, c;r=9;t=900");

    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void isNotRaisedByAnAnswerThatWasOvertaken() {
    learn("a;r=1;t=30");
    learn("a;r=5;t=30");

    assertThat(waitOf(TARGET)).isZero();
    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void toleratesResetsThatAreRoundedToSeconds() {
    learn("a;r=0;t=30");
    time.advance(Duration.ofMillis(900));
    learn("a;r=5;t=30");

    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofMillis(29_100));
  }

  @Test
  void startsAgainWithANewWindow() {
    learn("a;r=0;t=5");
    learn("a;r=1;t=60");

    assertThat(waitOf(TARGET)).isZero();
    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void holdsAllDuringAPauseThatIsNeverShortened() {
    gate.pause(TARGET, Duration.ofSeconds(30));
    gate.pause(TARGET, Duration.ofSeconds(10));

    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void survivesAnyNumber() {
    learn("a;r=0;t=999999999999999");

    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofDays(36_500));
  }

  @Test
  void keepsNoMoreWindowsThanAServerCanMean() {
    for (var i = 0; i < 100; i++) {
      learn("p" + i + ";r=9;t=30");
    }
    learn("one-more;r=0;t=60");
    assertThat(waitOf(TARGET)).isZero();

    time.advance(Duration.ofSeconds(30));
    learn("one-more;r=0;t=60");
    assertThat(waitOf(TARGET)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void letsExactlyTheRestPassHoweverManyThreadsAsk() {
    learn("a;r=500;t=30");
    var passed = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var i = 0; i < 1_000; i++) {
        threads.execute(() -> passed.addAndGet(gate.tryPass(TARGET) == 0 ? 1 : 0));
      }
    }

    assertThat(passed).hasValue(500);
  }

  private void learn(String field) {
    gate.update(TARGET, gate.read(200, Headers.of("RateLimit", field)));
  }

  private Duration waitOf(Target target) {
    return Duration.ofNanos(gate.tryPass(target));
  }
}
