package dev.touchstone.concurrency.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random priorities with a few random changes; see {@link Strategy#pct}. */
final class PriorityChooser implements Chooser {

  /**
   * The changes fall into the first 8, 16, 32, 64 or 128 switches. The length of a scenario is not
   * known before, and changes spread over more switches than it has would be wasted.
   */
  private static final int SHORTEST_HORIZON = 8;

  private static final int DOUBLINGS = 5;

  /** A thread that goes on this often in a row waits for another one by yielding: it falls too. */
  private static final int PATIENCE = 64;

  private final RandomGenerator random;
  private final Map<SimulatedThread, Integer> priorities = new HashMap<>();
  private final Set<Integer> changes = new HashSet<>();
  private int lowest;
  private int switches;
  private int inARow;
  private int lastNumber = -1;

  PriorityChooser(RandomGenerator random, int depth) {
    this.random = random;
    var horizon = SHORTEST_HORIZON << random.nextInt(DOUBLINGS);
    for (int change = 1; change < depth; change++) {
      changes.add(random.nextInt(horizon));
    }
  }

  @Override
  public SimulatedThread choose(List<SimulatedThread> runnable) {
    var chosen = highest(runnable);
    inARow = chosen.number() == lastNumber ? inARow + 1 : 0;
    if (changes.remove(switches++) || inARow >= PATIENCE) {
      priorities.put(chosen, --lowest);
      inARow = 0;
      chosen = highest(runnable);
    }
    lastNumber = chosen.number();
    return chosen;
  }

  private SimulatedThread highest(List<SimulatedThread> runnable) {
    var best = runnable.getFirst();
    for (var thread : runnable) {
      if (priority(thread) > priority(best)) {
        best = thread;
      }
    }
    return best;
  }

  private int priority(SimulatedThread thread) {
    return priorities.computeIfAbsent(thread, none -> random.nextInt(1, Integer.MAX_VALUE));
  }
}
