package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.time.TimeSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures how long a thread waits. It is asked only when the thread does have to wait, so that a
 * thread that never waits reads no clock.
 *
 * <p>The fields are guarded by the lock.
 */
final class Stopwatch {

  /** What a thread waits for. */
  enum Wait {
    NOTHING,
    INPUT,
    OUTPUT
  }

  /** How long a thread has waited, and how long it has run, in nanoseconds. */
  record Reading(long input, long output, long elapsed) {

    static final Reading NONE = new Reading(0, 0, 0);

    Reading plus(Reading other) {
      return new Reading(input + other.input, output + other.output, elapsed + other.elapsed);
    }
  }

  private final TimeSource time;

  private final ReentrantLock lock = new ReentrantLock();
  private Wait wait = Wait.NOTHING;
  private boolean isRunning;
  private long startedAt;
  private long since;
  private Reading past = Reading.NONE;

  Stopwatch(TimeSource time) {
    this.time = time;
  }

  void start() {
    var now = time.nanoTime();
    lock.lock();
    try {
      isRunning = true;
      startedAt = now;
      since = now;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what the thread did until now. */
  void enter(Wait next) {
    var now = time.nanoTime();
    lock.lock();
    try {
      past = readingAt(now);
      wait = next;
      since = now;
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    enter(Wait.NOTHING);
    lock.lock();
    try {
      isRunning = false;
    } finally {
      lock.unlock();
    }
  }

  Reading read() {
    var now = time.nanoTime();
    lock.lock();
    try {
      return isRunning ? readingAt(now) : past;
    } finally {
      lock.unlock();
    }
  }

  private Reading readingAt(long now) {
    var more = Math.max(0, now - since);
    return switch (wait) {
      case NOTHING -> new Reading(past.input, past.output, now - startedAt);
      case INPUT -> new Reading(past.input + more, past.output, now - startedAt);
      case OUTPUT -> new Reading(past.input, past.output + more, now - startedAt);
    };
  }
}
