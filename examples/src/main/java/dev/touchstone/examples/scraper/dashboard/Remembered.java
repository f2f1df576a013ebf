package dev.touchstone.examples.scraper.dashboard;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is got anew when it has been good for ten times as long as it took to get: however
 * large the crawl, looking at it takes a tenth of one processor at most. For all threads; one of them
 * asks and the others wait for it.
 */
final class Remembered<T> {

  private static final int TIMES = 10;

  private record Known<T>(T answer, long until) {}

  private final Supplier<T> question;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Known<T> known; // guarded by lock

  Remembered(Supplier<T> question, LongSupplier nanoTime) {
    this.question = question;
    this.nanoTime = nanoTime;
  }

  T get() {
    lock.lock();
    try {
      var start = nanoTime.getAsLong();
      if (known != null && start - known.until() < 0) {
        return known.answer();
      }
      var answer = question.get();
      var end = nanoTime.getAsLong();
      known = new Known<>(answer, end + TIMES * (end - start));
      return answer;
    } finally {
      lock.unlock();
    }
  }
}
