package dev.touchstone.examples.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LevelsTest {

  @Test
  void ofNothingAreNone() {
    assertThat(Levels.of(List.of())).isEqualTo(new Levels.Found(List.of()));
  }

  @Test
  void areTheLongestWays() {
    var needs = List.<Set<Integer>>of(Set.of(), Set.of(0), Set.of(0, 1), Set.of(2, 0), Set.of());

    assertThat(Levels.of(needs)).isEqualTo(new Levels.Found(List.of(0, 1, 2, 3, 0)));
  }

  @Test
  void tellTheCycleAndNotTheWayToIt() {
    var needs = List.<Set<Integer>>of(Set.of(1), Set.of(2), Set.of(3), Set.of(1));

    assertThat(Levels.of(needs)).isEqualTo(new Levels.Cycle(List.of(1, 2, 3)));
  }

  @Test
  void tellWhoNeedsItself() {
    assertThat(Levels.of(List.of(Set.of(0)))).isEqualTo(new Levels.Cycle(List.of(0)));
  }

  @RepeatedTest(500)
  void areFoundIfAndOnlyIfThereIsNoCycle(RepetitionInfo repetition) {
    var needs = randomGraph(new Random(repetition.getCurrentRepetition()));

    switch (Levels.of(needs)) {
      case Levels.Found found -> {
        assertThat(canBePeeled(needs)).isTrue();
        for (var node = 0; node < needs.size(); node++) {
          var level = found.levels().get(node);
          var below = needs.get(node).stream().mapToInt(found.levels()::get);
          assertThat(below.max().orElse(-1)).isEqualTo(level - 1);
        }
      }
      case Levels.Cycle cycle -> {
        assertThat(canBePeeled(needs)).isFalse();
        var nodes = cycle.nodes();
        for (var i = 0; i < nodes.size(); i++) {
          assertThat(needs.get(nodes.get(i))).contains(nodes.get((i + 1) % nodes.size()));
        }
      }
    }
  }

  private static List<Set<Integer>> randomGraph(Random random) {
    var size = 1 + random.nextInt(12);
    var order = new ArrayList<Integer>();
    for (var i = 0; i < size; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    var needs = new ArrayList<Set<Integer>>();
    for (var node = 0; node < size; node++) {
      var needed = new TreeSet<Integer>();
      for (var other = 0; other < size; other++) {
        var isBackwards = order.get(other) < order.get(node);
        if (random.nextInt(100) < (isBackwards ? 30 : 1)) {
          needed.add(other);
        }
      }
      needs.add(needed);
    }
    return needs;
  }

  /** Takes away what needs nothing that is still there, until nothing is left or nothing can be taken. */
  private static boolean canBePeeled(List<Set<Integer>> needs) {
    var left = new TreeSet<Integer>();
    for (var i = 0; i < needs.size(); i++) {
      left.add(i);
    }
    while (left.removeIf(node -> Collections.disjoint(needs.get(node), left))) {
      // once more
    }
    return left.isEmpty();
  }
}
