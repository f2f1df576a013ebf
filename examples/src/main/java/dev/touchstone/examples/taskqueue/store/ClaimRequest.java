package dev.touchstone.examples.taskqueue.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a worker would like to have.
 *
 * @param worker who asks
 * @param serves the forms of jobs that it has handlers for; others are left alone
 * @param asks for what, in this order
 * @param total how many jobs at most, all asks together
 */
public record ClaimRequest(long worker, Set<JobForm> serves, List<Ask> asks, int total) {

  /** Copies the collections. */
  public ClaimRequest {
    serves = Set.copyOf(serves);
    asks = List.copyOf(asks);
  }

  /** Returns this request with a single ask. */
  public ClaimRequest only(Ask ask) {
    return new ClaimRequest(worker, serves, List.of(ask), ask.limit());
  }

  /** At most so many jobs of a band of a queue. */
  public record Ask(String queue, Priority priority, int limit) {}

  /** Takes jobs of one band of a queue. */
  @FunctionalInterface
  public interface Taker<X extends Exception> {

    /** Takes at most so many and returns how many it took. */
    int take(String queue, Priority priority, int limit) throws X;
  }

  /**
   * Puts the asks to a taker in turn until the total is reached. A band that had less than was asked
   * for is not asked again.
   */
  public <X extends Exception> void forEachAsk(Taker<X> taker) throws X {
    var empty = new HashSet<Ask>();
    var left = total;
    for (var ask : asks) {
      var band = new Ask(ask.queue(), ask.priority(), 0);
      var limit = Math.min(left, ask.limit());
      if (limit > 0 && !empty.contains(band)) {
        var taken = taker.take(ask.queue(), ask.priority(), limit);
        left -= taken;
        if (taken < limit) {
          empty.add(band);
        }
      }
    }
  }
}
