package dev.touchstone.examples.gateway.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which nodes of a graph can be reached when: those of level 0 need nothing, those of the others only
 * nodes of lower levels, and one of the level just below.
 */
sealed interface Levels {

  /** There is an order: the level of each node. */
  record Found(List<Integer> levels) implements Levels {}

  /** There is none: nodes each of which needs the next one, and the last one the first. */
  record Cycle(List<Integer> nodes) implements Levels {}

  /**
   * Finds the levels.
   *
   * @param needs for each node those that it needs
   */
  static Levels of(List<Set<Integer>> needs) {
    return new Search(needs).run();
  }

  /** A depth-first search; a node that is met again on the way down closes a cycle. */
  final class Search {

    private static final int UNSEEN = -1;
    private static final int OPEN = -2;

    private final List<Set<Integer>> needs;
    private final int[] levels;
    private final List<Integer> way = new ArrayList<>();

    private Search(List<Set<Integer>> needs) {
      this.needs = needs;
      levels = new int[needs.size()];
      Arrays.fill(levels, UNSEEN);
    }

    private Levels run() {
      for (var node = 0; node < levels.length; node++) {
        if (!visit(node)) {
          return new Cycle(List.copyOf(way));
        }
      }
      return new Found(Arrays.stream(levels).boxed().toList());
    }

    /** Returns false if a cycle was found, which is the way then. */
    private boolean visit(int node) {
      if (levels[node] == OPEN) {
        way.subList(0, way.indexOf(node)).clear();
        return false;
      }
      if (levels[node] != UNSEEN) {
        return true;
      }
      levels[node] = OPEN;
      way.add(node);
      var level = 0;
      for (var needed : needs.get(node)) {
        if (!visit(needed)) {
          return false;
        }
        level = Math.max(level, levels[needed] + 1);
      }
      way.removeLast();
      levels[node] = level;
      return true;
    }
  }
}
