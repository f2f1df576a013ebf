package dev.touchstone.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.cabinet.Cabinet;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.patterns.observe.EventBus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TourTest {

  @TempDir
  private Path folder;

  @Test
  @Timeout(120)
  void beginsAnewWhereOneHasComeToItsEnd() throws Exception {
    var first = take();
    var second = take();

    assertThat(second.isResumed()).isFalse();
    assertThat(second.crawl()).isEqualTo(first.crawl());
    assertThat(second.jobs()).isEqualTo(402);
    assertThat(second.attempts()).isGreaterThan(second.assays());
    assertThat(second.gathered().requests()).isEqualTo(20);
    assertThat(second.gathered().answer())
        .contains("\"room\":{\"name\":", "\"assay\":{\"hardness\":");
  }

  @Test
  void saysThatThePortOfATourThatCameToNoEndIsTaken() throws Exception {
    try (var cabinet = Cabinet.open()) {
      try (var queue = TaskQueue.open(SqliteStore.open(folder.resolve("tour.db")))) {
        queue.enqueue(
            new CrawlSite(cabinet.uri().toString()), options -> options.queue(Tour.QUEUE));
      }
      assertThatThrownBy(this::take)
          .isInstanceOf(TourException.class)
          .hasMessage("the tour in this folder came to no end, and its port "
              + cabinet.uri().getPort() + " is in use; end what uses it, or name another folder");
    }
  }

  private TourReport take() throws Exception {
    try (var bus = EventBus.of(TourEvent.class).build()) {
      return new Tour(bus).take(folder);
    }
  }
}
