package dev.touchstone.apiclient.retry;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.Target;
import dev.touchstone.apiclient.retry.Verdict.Kind;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One bucket of tokens per target. */
final class TokenBucketBudget implements RetryBudget {

  /*
   * Only buckets that are not full are in the map: a full one is the same as none. So the common
   * case, a success while nothing fails, is one look-up without a write, threads do not contend for
   * a counter, and a crawler that visits a million healthy hosts leaves nothing behind. Each change
   * is one atomic compute on the target's entry.
   */

  private final int capacity;
  private final int transientCost;
  private final int throttledCost;
  private final ConcurrentHashMap<Target, Integer> notFull = new ConcurrentHashMap<>();

  TokenBucketBudget(int capacity, int transientCost, int throttledCost) {
    this.capacity = capacity;
    this.transientCost = checkCost(transientCost, "transientCost");
    this.throttledCost = checkCost(throttledCost, "throttledCost");
  }

  private int checkCost(int cost, String name) {
    if (cost < 0 || cost > capacity) {
      throw new IllegalArgumentException(
          name + " must be between 0 and the capacity " + capacity + ", was " + cost);
    }
    return cost;
  }

  @Override
  public boolean tryWithdraw(Target target, Kind kind) {
    var cost = cost(requireNonNull(kind, "kind"));
    if (cost == 0) {
      return true;
    }
    var granted = new boolean[1];
    notFull.compute(target, (same, tokens) -> {
      var level = tokens == null ? capacity : tokens;
      granted[0] = level >= cost;
      return granted[0] ? Integer.valueOf(level - cost) : tokens;
    });
    return granted[0];
  }

  @Override
  public void succeeded(Target target, Optional<Kind> retry) {
    if (notFull.containsKey(target)) {
      var returned = retry.map(this::cost).orElse(1);
      notFull.computeIfPresent(
          target, (same, tokens) -> capacity - tokens <= returned ? null : tokens + returned);
    }
  }

  /** Returns the tokens left. */
  int level(Target target) {
    return notFull.getOrDefault(target, capacity);
  }

  private int cost(Kind kind) {
    return switch (kind) {
      case TRANSIENT -> transientCost;
      case THROTTLED -> throttledCost;
    };
  }

  @Override
  public String toString() {
    return "TokenBucketBudget[capacity=" + capacity + ", transientCost=" + transientCost
        + ", throttledCost=" + throttledCost + "]";
  }
}
