package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/**
 * Shares the places of a queue among its bands: of any fifteen places in a row each band has at least
 * its weight, also over several claims. For one thread.
 */
final class Bands {

  /*
   * The cycle is that of a ruler: every second place is HIGH's, every fourth NORMAL's, every eighth
   * LOW's, and the one in the middle BULK's. So even claims of one place come to every band, and any
   * fifteen places in a row are the whole cycle, wherever they begin.
   */

  private static final Priority[] PRIORITIES = Priority.values();
  private static final Priority[] CYCLE = new Priority[15];

  static {
    for (int place = 1; place <= CYCLE.length; place++) {
      CYCLE[place - 1] = Priority.of(Integer.numberOfTrailingZeros(place));
    }
  }

  private int next;

  /**
   * Returns how to ask for so many jobs: first each band for its share, then in their order for what
   * the others have left.
   */
  List<Ask> asks(String queue, int total) {
    var shares = new EnumMap<Priority, Integer>(Priority.class);
    var cycles = total / CYCLE.length;
    for (var priority : PRIORITIES) {
      shares.put(priority, cycles * priority.weight());
    }
    for (int rest = total % CYCLE.length; rest > 0; rest--) {
      shares.merge(CYCLE[next], 1, Integer::sum);
      next = (next + 1) % CYCLE.length;
    }
    var asks = new ArrayList<Ask>();
    shares.forEach((priority, share) -> asks.add(new Ask(queue, priority, share)));
    for (var priority : PRIORITIES) {
      asks.add(new Ask(queue, priority, total));
    }
    return asks;
  }
}
