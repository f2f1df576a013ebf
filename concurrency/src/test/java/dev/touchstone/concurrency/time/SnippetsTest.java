package dev.touchstone.concurrency.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  private final TimeSource time = TimeSource.system();

  @Test
  void parkUntil() {
    var ready = new AtomicBoolean();
    var waiter = Thread.currentThread();
    Thread.startVirtualThread(() -> {
      ready.set(true);
      LockSupport.unpark(waiter);
    });

    // @start region="park-until"
    var deadline = time.deadlineAfter(Duration.ofSeconds(30));
    while (!ready.get() && deadline - time.nanoTime() > 0) {
      time.parkUntil(this, deadline);
    }
    // @end

    assertThat(ready).isTrue();
  }
}
