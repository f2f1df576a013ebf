package dev.touchstone.concurrency.testing;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The time of a simulation. Every use is a moment at which another thread may go on.
 *
 * <p>Used by one thread at a time: by the one that goes on, or by the simulation between two.
 */
final class VirtualClock implements TimeSource {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  /** So that who compares two readings, instead of taking their difference, is found out. */
  private static final long ORIGIN = Long.MAX_VALUE - Duration.ofMillis(1).toNanos();

  private final Simulation simulation;
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();

  /** Since the origin. */
  private long now;

  private long alarmsSet;

  VirtualClock(Simulation simulation) {
    this.simulation = simulation;
  }

  long now() {
    return now;
  }

  /** Lets time pass, and rings what is due. */
  void pass(long nanos) {
    now += nanos;
    ring();
  }

  /** Jumps to the next alarm; returns whether there was one. */
  boolean jump() {
    var next = alarms.peek();
    if (next == null) {
      return false;
    }
    now = Math.max(now, next.at);
    ring();
    return true;
  }

  private void ring() {
    for (var due = alarms.peek(); due != null && due.at <= now; due = alarms.peek()) {
      alarms.remove(due);
      due.action.run();
    }
  }

  @Override
  public long nanoTime() {
    simulation.point();
    return ORIGIN + now;
  }

  @Override
  public void park(Object blocker) {
    requireNonNull(blocker, "blocker");
    simulation.point();
    LockSupport.park(blocker);
  }

  @Override
  public void parkUntil(Object blocker, long deadline) {
    requireNonNull(blocker, "blocker");
    simulation.point();
    var due = deadline - ORIGIN;
    if (due <= now) {
      return;
    }
    var thread = Thread.currentThread();
    var alarm = set(due, () -> LockSupport.unpark(thread));
    LockSupport.park(blocker);
    alarms.remove(alarm);
  }

  @Override
  public Timer schedule(Runnable action, Duration delay) {
    requireNonNull(action, "action");
    simulation.point();
    var nanos = delay.compareTo(LONGEST) < 0 ? Math.max(0, delay.toNanos()) : LONGEST.toNanos();
    var number = alarmsSet;
    var alarm = set(now + nanos, () -> simulation.fork("timer-" + number, action::run));
    return () -> {
      simulation.point();
      return alarms.remove(alarm);
    };
  }

  private Alarm set(long at, Runnable action) {
    var alarm = new Alarm(at, alarmsSet++, action);
    alarms.add(alarm);
    return alarm;
  }

  private record Alarm(long at, long number, Runnable action) implements Comparable<Alarm> {

    @Override
    public int compareTo(Alarm other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }
}
