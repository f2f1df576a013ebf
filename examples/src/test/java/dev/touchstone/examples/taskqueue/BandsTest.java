package dev.touchstone.examples.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandsTest {

  private final Bands bands = new Bands();

  private static List<Priority> shares(List<Ask> asks) {
    var shares = new ArrayList<Priority>();
    for (var ask : asks.subList(0, 4)) {
      shares.addAll(Collections.nCopies(ask.limit(), ask.priority()));
    }
    return shares;
  }

  @Test
  void givesEachBandItsWeightOfFifteen() {
    assertThat(bands.asks("a", 15).subList(0, 4))
        .containsExactly(
            new Ask("a", Priority.HIGH, 8),
            new Ask("a", Priority.NORMAL, 4),
            new Ask("a", Priority.LOW, 2),
            new Ask("a", Priority.BULK, 1));
  }

  @Test
  void asksEveryBandForWhatTheOthersLeave() {
    assertThat(bands.asks("a", 7).subList(4, 8))
        .containsExactly(
            new Ask("a", Priority.HIGH, 7),
            new Ask("a", Priority.NORMAL, 7),
            new Ask("a", Priority.LOW, 7),
            new Ask("a", Priority.BULK, 7));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 14, 16, 31, 200})
  void leavesNoBandOutOfFifteenPlacesHoweverSmallTheClaims(int size) {
    var places = new ArrayList<Priority>();
    while (places.size() < 15 * 40) {
      places.addAll(shares(bands.asks("a", size)));
    }

    // A claim is the smallest thing that can be counted: a window of fifteen may cut two of them.
    var window = 15 + 2 * (size - 1);
    for (int from = 0; from + window <= places.size(); from++) {
      var seen = places.subList(from, from + window);
      for (var priority : Priority.values()) {
        assertThat(Collections.frequency(seen, priority)).isGreaterThanOrEqualTo(priority.weight());
      }
    }
  }
}
