package dev.touchstone.examples.scraper.politeness;

import dev.touchstone.examples.scraper.politeness.HostState.Reason;
import dev.touchstone.examples.scraper.politeness.HostView.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One host: a state machine that is told what happens and when. Times in nanoseconds. */
final class Host {

  /*
   * The delay is the largest of three. The floor and the Crawl-delay are given. The third follows the
   * latency: a fast average of it is compared with a slow one, and what it exceeds twice the slow one
   * by is added between requests. A host that gets slower is asked less, one that is slow by nature is
   * not punished for it.
   *
   * Strikes and failures lengthen the pauses, and only an answer takes one back: a host that is
   * throttling at every second request does not start at one minute each time.
   */

  private static final long NEVER = Long.MIN_VALUE;
  private static final long FIRST_THROTTLE = Duration.ofSeconds(60).toNanos();
  private static final long LONGEST_THROTTLE = Duration.ofHours(1).toNanos();
  private static final long FIRST_FAILURE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_FAILURE = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST_SLOWDOWN = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofDays(30).toNanos();

  final String origin;
  private final Pace pace;

  private boolean hasWork;
  private int busy;
  private long lastStart = NEVER;
  private long startBefore = NEVER;
  private long blockedUntil;
  private @Nullable Reason reason;
  private int strikes;
  private int failures;
  private long crawlDelay;
  private long fastLatency;
  private long slowLatency;

  /** Tells which of the entries in the heap is the valid one. */
  long stamp;

  Host(String origin, Pace pace) {
    this.origin = origin;
    this.pace = pace;
  }

  boolean mayBeAsked() {
    return hasWork && busy < pace.perHost();
  }

  /** Returns when the next request may start. */
  long readyAt() {
    var byDelay = lastStart == NEVER ? 0 : lastStart + delay();
    return Math.max(byDelay, blockedUntil);
  }

  long delay() {
    return Math.max(pace.floor().toNanos(), Math.max(crawlDelay, slowdown()));
  }

  void hasWork(boolean work) {
    hasWork = work;
  }

  void started(long now) {
    busy++;
    startBefore = lastStart;
    lastStart = now;
  }

  void untake() {
    busy--;
    lastStart = startBefore;
  }

  void finished(Reply reply, long now) {
    busy--;
    switch (reply) {
      case Reply.Answered answered -> {
        strikes = Math.max(0, strikes - 1);
        failures = 0;
        learn(answered.latency().toNanos());
      }
      case Reply.Throttled throttled -> {
        var pause = throttled.pause().map(Host::nanos);
        var nanos = pause.orElseGet(() -> doubled(FIRST_THROTTLE, strikes, LONGEST_THROTTLE));
        block(now + nanos, pause.isPresent() ? Reason.RETRY_AFTER : Reason.THROTTLED);
        strikes++;
      }
      case Reply.Failed failed -> {
        block(now + doubled(FIRST_FAILURE, failures, LONGEST_FAILURE), Reason.UNREACHABLE);
        failures++;
      }
    }
  }

  /** Leaves the host alone until a moment, or longer if it is blocked for longer already. */
  void block(long until, Reason why) {
    if (until > blockedUntil) {
      blockedUntil = until;
      reason = why;
    }
  }

  void crawlDelay(Duration asked) {
    var longest = pace.longestCrawlDelay();
    crawlDelay = (asked.compareTo(longest) < 0 ? asked : longest).toNanos();
  }

  HostView view(long now) {
    return new HostView(origin, state(now), Duration.ofNanos(delay()), cause());
  }

  private HostState state(long now) {
    if (reason != null && blockedUntil > now) {
      return new HostState.Blocked(Duration.ofNanos(blockedUntil), reason);
    }
    if (busy > 0) {
      return new HostState.Busy(busy);
    }
    return hasWork ? new HostState.Ready(Duration.ofNanos(readyAt())) : new HostState.Idle();
  }

  private Cause cause() {
    var delay = delay();
    if (delay == pace.floor().toNanos()) {
      return Cause.FLOOR;
    }
    return delay == crawlDelay ? Cause.CRAWL_DELAY : Cause.LATENCY;
  }

  private void learn(long latency) {
    if (slowLatency == 0) {
      fastLatency = latency;
      slowLatency = latency;
    }
    fastLatency += (latency - fastLatency) / 4;
    slowLatency += (latency - slowLatency) / 32;
  }

  private long slowdown() {
    return pace.floor().isZero()
        ? 0
        : Math.clamp(fastLatency - 2 * slowLatency, 0, LONGEST_SLOWDOWN);
  }

  private static long nanos(Duration pause) {
    return pause.compareTo(Duration.ofNanos(LONGEST_PAUSE)) < 0 ? pause.toNanos() : LONGEST_PAUSE;
  }

  private static long doubled(long first, int times, long longest) {
    return Math.min(longest, first << Math.min(times, 20));
  }
}
