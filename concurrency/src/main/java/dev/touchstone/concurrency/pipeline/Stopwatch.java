package dev.touchstone.concurrency.pipeline;

import dev.touchstone.concurrency.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how long a thread waits. It is asked only when the thread does have to wait, so that a
 * thread that never waits reads no clock.
 *
 * <p>Written by one thread. Others read one field after another: a reading may miss or repeat the
 * wait that is just beginning or ending.
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
  private final AtomicLong input = new AtomicLong();
  private final AtomicLong output = new AtomicLong();
  private final AtomicLong elapsed = new AtomicLong();
  private volatile boolean isRunning;
  private volatile long startedAt;
  private volatile long waitingSince;
  private volatile Wait wait = Wait.NOTHING;

  Stopwatch(TimeSource time) {
    this.time = time;
  }

  void start() {
    startedAt = time.nanoTime();
    isRunning = true;
  }

  void waitFor(Wait next) {
    waitingSince = time.nanoTime();
    wait = next;
  }

  void goOn() {
    var total = wait == Wait.INPUT ? input : output;
    var waited = time.nanoTime() - waitingSince;
    wait = Wait.NOTHING;
    total.setRelease(total.getPlain() + waited);
  }

  void stop() {
    elapsed.set(time.nanoTime() - startedAt);
    isRunning = false;
  }

  Reading read() {
    var now = time.nanoTime();
    var waiting = Math.max(0, now - waitingSince);
    return new Reading(
        input.get() + (wait == Wait.INPUT ? waiting : 0),
        output.get() + (wait == Wait.OUTPUT ? waiting : 0),
        isRunning ? now - startedAt : elapsed.get());
  }
}
