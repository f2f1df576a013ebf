package dev.touchstone.examples.web;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is got anew when it has been good for ten times as long as it took to get: however
 * much there is to look at, looking takes a tenth of one processor at most. For all threads; one of them
 * asks and the others wait for it.
 */
public final class Remembered<T> {

  private static final int TIMES = 10;

  private record Known<T>(T answer, long until) {}

  private final Supplier<T> question;
  private final LongSupplier nanoTime;
  private final Duration atLeast;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Known<T> known; // guarded by lock

  /** Creates an answer to a question that nobody has asked yet. */
  public Remembered(Supplier<T> question, LongSupplier nanoTime) {
    this(question, nanoTime, Duration.ZERO);
  }

  /**
   * Creates an answer to a question that nobody has asked yet, and that is not for nothing.
   *
   * @param atLeast how long the answer is good, however little time it took
   */
  public Remembered(Supplier<T> question, LongSupplier nanoTime, Duration atLeast) {
    this.question = question;
    this.nanoTime = nanoTime;
    this.atLeast = atLeast;
  }

  /** Returns the answer. */
  public T get() {
    lock.lock();
    try {
      var start = nanoTime.getAsLong();
      if (known != null && start - known.until() < 0) {
        return known.answer();
      }
      var answer = question.get();
      var end = nanoTime.getAsLong();
      known = new Known<>(answer, end + Math.max(atLeast.toNanos(), TIMES * (end - start)));
      return answer;
    } finally {
      lock.unlock();
    }
  }
}
