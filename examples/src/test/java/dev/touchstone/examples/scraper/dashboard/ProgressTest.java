package dev.touchstone.examples.scraper.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.scraper.dashboard.Progress.Estimate;
import dev.touchstone.examples.scraper.dashboard.Progress.Estimate.Cause;
import dev.touchstone.examples.scraper.frontier.Tally;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  /** Ten addresses a second, of which five are pages. */
  private static Progress progress(long waiting, OptionalLong pagesLeft) {
    return new Progress(
        "Running", Progress.Mood.GOOD, Tally.NONE, waiting, pagesLeft, List.of(), 5, 10);
  }

  @Test
  void endsWithWhatIsKnown() {
    assertThat(progress(100, OptionalLong.empty()).estimate())
        .contains(new Estimate(Duration.ofSeconds(10), Cause.KNOWN));
    assertThat(progress(100, OptionalLong.of(1_000)).estimate())
        .contains(new Estimate(Duration.ofSeconds(10), Cause.KNOWN));
  }

  @Test
  void endsAtTheGreatestNumberOfPagesIfThatComesFirst() {
    assertThat(progress(100, OptionalLong.of(20)).estimate())
        .contains(new Estimate(Duration.ofSeconds(4), Cause.LIMIT));
  }

  @Test
  void knowsNoEndWhereNothingWaits() {
    assertThat(progress(0, OptionalLong.of(20)).estimate()).isEmpty();
  }
}
