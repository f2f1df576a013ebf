package dev.touchstone.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
  private final AtomicInteger asked = new AtomicInteger();
  private final Remembered<Integer> answer = new Remembered<>(this::ask, now::get);

  private int ask() {
    now.addAndGet(Duration.ofMillis(5).toNanos());
    return asked.incrementAndGet();
  }

  @Test
  void isGoodForTenTimesAsLongAsItTook() {
    assertThat(answer.get()).isEqualTo(1);

    now.addAndGet(Duration.ofMillis(50).toNanos() - 1);
    assertThat(answer.get()).isEqualTo(1);
    now.addAndGet(1);
    assertThat(answer.get()).isEqualTo(2);
  }
}
