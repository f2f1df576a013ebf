package dev.touchstone.patterns.strategy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One value of a {@link Switchable}, with the number of those who use it. */
final class Generation<T> implements Swap {

  private static final Logger log = LoggerFactory.getLogger(Generation.class);

  private final T value;
  private final AtomicLong users = new AtomicLong(1); // the holder is one, until it lets go
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable Throwable closeFailure;

  Generation(T value) {
    this.value = value;
  }

  T value() {
    return value;
  }

  /** Returns false if the last user has left: from zero the number never rises again. */
  boolean tryEnter() {
    for (long count = users.get(); count > 0; count = users.get()) {
      if (users.compareAndSet(count, count + 1)) {
        return true;
      }
    }
    return false;
  }

  void leave() {
    if (users.decrementAndGet() == 0) {
      end();
    }
  }

  private void end() {
    try {
      if (value instanceof AutoCloseable closeable) {
        closeable.close();
      }
    } catch (Throwable e) { // not the fault of the one who happened to be the last
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      closeFailure = e;
      log.warn("A value that was replaced failed to close: {}", value, e);
    } finally {
      done.countDown();
    }
  }

  @Override
  public boolean await(Duration limit) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(requireNonNull(limit, "limit"));
    return done.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean isDone() {
    return done.getCount() == 0;
  }

  @Override
  public Optional<Throwable> closeFailure() {
    return Optional.ofNullable(closeFailure);
  }

  @Override
  public String toString() {
    return "Swap[" + value + (isDone() ? ", done]" : ", in use]");
  }
}
