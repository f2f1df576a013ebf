package dev.touchstone.examples.taskqueue.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the torture makes of a job: attempts are known by their tokens, the newest has the greatest. */
class StoryTest {

  private static Story story(List<Long> begun, List<Long> done, List<Long> accepted) {
    return new Story(new TreeSet<>(begun), new TreeSet<>(done), new TreeSet<>(accepted));
  }

  @Test
  void findsNothingWrongWithAnAttemptThatDidTheWorkAfterOneThatWasKilled() {
    var story = story(List.of(1L, 2L), List.of(1L, 2L), List.of(2L));
    var causes = Set.of(1L);

    assertThat(story.isRepeated()).isTrue();
    assertThat(story.isLost(causes)).isFalse();
    assertThat(story.isUnexplained(causes)).isFalse();
    assertThat(story.isOverlapping()).isFalse();
  }

  @Test
  void findsNothingWrongWithAWorkerThatWasKilledBeforeItHeardOfTheAcceptance() {
    var story = story(List.of(1L), List.of(1L), List.of());

    assertThat(story.isLost(Set.of())).isFalse();
  }

  @Test
  void missesTheWorkOfAJobThatSucceededWithoutIt() {
    assertThat(story(List.of(1L), List.of(), List.of(1L)).isLost(Set.of())).isTrue();
    assertThat(story(List.of(1L), List.of(1L), List.of()).isLost(Set.of(1L))).isTrue();
    assertThat(story(List.of(), List.of(), List.of()).isLost(Set.of())).isTrue();
  }

  @Test
  void seesASecondAttemptWithoutACauseForTheFirst() {
    var story = story(List.of(1L, 2L), List.of(1L, 2L), List.of(2L));

    assertThat(story.isUnexplained(Set.of())).isTrue();
  }

  @Test
  void seesAnAttemptThatWasAcceptedAfterANewerOneHadBegun() {
    assertThat(story(List.of(1L, 2L), List.of(1L), List.of(1L)).isOverlapping()).isTrue();
  }
}
