package dev.touchstone.apiclient;

import dev.touchstone.apiclient.ratelimit.RateLimit;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds calls to a target whose quota is used up, until the server says it is full again.
 *
 * <p><b>Source:</b> draft-ietf-httpapi-ratelimit-headers-11, section on the behaviour of clients.
 */
final class QuotaGate {

  /*
   * For each target there is one immutable value: its windows by the names of their policies, and a
   * pause. It is replaced by an atomic compute on the target's entry. Each call that passes takes
   * one from every window, so that calls under way count before their answers say so.
   *
   * Answers overtake each other. An answer about the window that is known never raises what
   * remains; only one whose reset lies later, by more than the second that servers round by, starts
   * a new window. A window is forgotten when its reset has passed: what follows is unknown, and the
   * first answer will tell. A server that makes up names gets a hundred windows and no more. A pause,
   * from Retry-After, is never shortened.
   */

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final int MOST_WINDOWS = 100;
  private static final long ROUNDING_NANOS = Duration.ofSeconds(1).toNanos();

  private record Window(long remaining, long resetAtNanos) {}

  /* The map is never changed. */
  private record State(Map<String, Window> windows, long pausedUntilNanos, boolean paused) {}

  private static final State EMPTY = new State(Map.of(), 0, false);

  private final List<RateLimitReader> readers;
  private final TimeSource time;
  private final ConcurrentHashMap<Target, State> states = new ConcurrentHashMap<>();

  QuotaGate(List<RateLimitReader> readers, TimeSource time) {
    this.readers = readers;
    this.time = time;
  }

  /** Takes one from the target's quota and returns 0, or returns the nanoseconds to wait first. */
  long tryPass(Target target) {
    if (!states.containsKey(target)) {
      return 0;
    }
    var now = time.nanoTime();
    var wait = new long[1];
    states.computeIfPresent(target, (same, state) -> {
      wait[0] = waitOf(state, now);
      return wait[0] > 0 ? state : taken(state, now);
    });
    return wait[0];
  }

  /** Gives back what {@link #tryPass} took, for a call that was not sent after all. */
  void giveBack(Target target) {
    states.computeIfPresent(target, (same, state) -> changedBy(1, state));
  }

  /** Returns the quotas that an answer tells of. */
  List<RateLimit> read(int status, Headers headers) {
    var receivedAt = time.now();
    var limits = new ArrayList<RateLimit>();
    for (var reader : readers) {
      limits.addAll(reader.read(status, headers, receivedAt));
    }
    return List.copyOf(limits);
  }

  /** Learns from an answer. */
  void update(Target target, List<RateLimit> limits) {
    for (var limit : limits) {
      states.compute(target, (same, state) -> merged(state == null ? EMPTY : state, limit));
    }
  }

  /** Lets no call pass for a while. */
  void pause(Target target, Duration wait) {
    var until = time.nanoTime() + nanos(wait);
    states.compute(target, (same, state) -> {
      var before = state == null ? EMPTY : state;
      return before.paused && before.pausedUntilNanos - until >= 0
          ? before
          : new State(before.windows, until, true);
    });
  }

  private static long waitOf(State state, long now) {
    var wait = state.paused ? state.pausedUntilNanos - now : 0;
    for (var window : state.windows.values()) {
      if (window.remaining == 0) {
        wait = Math.max(wait, window.resetAtNanos - now);
      }
    }
    return Math.max(0, wait);
  }

  /** Returns the state after one call has passed; null if nothing is worth remembering. */
  private static @Nullable State taken(State state, long now) {
    var open = open(state, now);
    return open.isEmpty() ? null : changedBy(-1, new State(open, 0, false));
  }

  private static State changedBy(int calls, State state) {
    var windows = new HashMap<>(state.windows);
    windows.replaceAll(
        (policy, window) -> new Window(window.remaining + calls, window.resetAtNanos));
    return new State(windows, state.pausedUntilNanos, state.paused);
  }

  private State merged(State state, RateLimit limit) {
    var now = time.nanoTime();
    var resetAt = now + nanos(limit.resetIn());
    var known = state.windows.get(limit.policy());
    var window = known == null || resetAt - known.resetAtNanos > ROUNDING_NANOS
        ? new Window(limit.remaining(), resetAt)
        : new Window(Math.min(known.remaining, limit.remaining()), known.resetAtNanos);
    var windows = open(state, now);
    if (windows.size() < MOST_WINDOWS || windows.containsKey(limit.policy())) {
      windows.put(limit.policy(), window);
    }
    return new State(windows, state.pausedUntilNanos, state.paused);
  }

  private static Map<String, Window> open(State state, long now) {
    var open = new HashMap<>(state.windows);
    open.values().removeIf(window -> window.resetAtNanos - now <= 0);
    return open;
  }

  /* A server may send any number; a hundred years still fit into a long. */
  private static long nanos(Duration time) {
    return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
  }
}
