package dev.touchstone.examples.scraper.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.scraper.frontier.AddressView.State;
import dev.touchstone.examples.scraper.frontier.CrawlView.ErrorFigures;
import dev.touchstone.examples.scraper.frontier.CrawlView.HostFigures;
import dev.touchstone.examples.scraper.frontier.CrawlView.ListedAddress;
import dev.touchstone.examples.scraper.frontier.CrawlView.OutputFigures;
import dev.touchstone.examples.scraper.page.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrawlViewTest {

  private static final URI HOME = URI.create("http://a.example/");
  private static final URI DEAD = URI.create("http://a.example/dead?b=1&a=2");
  private static final URI OTHER = URI.create("http://b.example/");

  @TempDir
  private Path folder;

  @Test
  void showsWhatIsCommittedWhileTheCrawlRuns() {
    var file = folder.resolve("crawl.db");
    try (var frontier = SqliteFrontier.open(file)) {
      frontier.commit(Commit.start(List.of(Found.seed(HOME))));
      try (var view = CrawlView.open(file)) {
        var home = frontier.lease("http://a.example", 1).getFirst();
        frontier.commit(new Commit(
            List.of(new Visit(home, new Outcome.Page("Home", 10, List.of()))),
            List.of(
                new Found(DEAD, 1, 0, Optional.of(home)),
                new Found(OTHER, 1, 0, Optional.of(home))),
            List.of(),
            Map.of()));
        var dead = frontier.lease("http://a.example", 1).getFirst();
        frontier.commit(new Commit(
            List.of(new Visit(dead, new Outcome.Refused(404))), List.of(), List.of(), Map.of()));

        assertThat(view.overview().tally()).isEqualTo(frontier.tally());
        assertThat(view.overview().waiting()).isEqualTo(1);
        assertThat(view.hosts(9))
            .containsExactly(
                new HostFigures("http://a.example", 2, 0),
                new HostFigures("http://b.example", 0, 1));
        assertThat(view.errors(9)).containsExactly(new ErrorFigures("refused", "404", 1, DEAD));
        assertThat(view.history(URI.create("http://a.example/dead?a=2&b=1")).address())
            .contains(new AddressView(
                DEAD,
                State.DONE,
                1,
                Optional.of(HOME),
                1,
                Optional.of("refused"),
                Optional.of(404),
                Optional.empty(),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH)));
        assertThat(view.history(OTHER).address().orElseThrow().state()).isEqualTo(State.QUEUED);
        assertThat(view.history(URI.create("http://c.example/")))
            .isEqualTo(
                new AddressHistory(Optional.empty(), Optional.empty(), List.of(), List.of()));
      }
    }
  }

  @Test
  void listsAddressesAndTheWayToEach() {
    var file = folder.resolve("crawl.db");
    try (var frontier = SqliteFrontier.open(file)) {
      frontier.commit(Commit.start(List.of(Found.seed(HOME))));
      var home = frontier.lease("http://a.example", 1).getFirst();
      frontier.commit(new Commit(
          List.of(new Visit(home, new Outcome.Redirect(301, DEAD))),
          List.of(new Found(DEAD, 0, 0, Optional.of(home))),
          List.of(),
          Map.of("pages.jsonl", 7L)));
      var dead = frontier.lease("http://a.example", 1).getFirst();
      frontier.commit(new Commit(
          List.of(new Visit(dead, new Outcome.Refused(404))),
          List.of(new Found(OTHER, 1, 0, Optional.of(dead))),
          List.of(),
          Map.of("pages.jsonl", 9L)));

      try (var view = CrawlView.open(file)) {
        assertThat(view.history(OTHER).trail()).containsExactly(HOME, DEAD, OTHER);
        assertThat(view.history(HOME).trail()).containsExactly(HOME);
        assertThat(view.outputs()).containsExactly(new OutputFigures("pages.jsonl", 9));

        var refused = view.addresses(Optional.of("refused"), Optional.of("404"), 0, 9);
        assertThat(refused).extracting(ListedAddress::address).containsExactly(DEAD);
        assertThat(refused.getFirst().status()).contains(404);
        assertThat(view.addresses(Optional.of("refused"), Optional.of("410"), 0, 9))
            .isEmpty();
        assertThat(view.addresses(
                Optional.of("refused"), Optional.empty(), refused.getFirst().id(), 9))
            .isEmpty();
        assertThat(view.addresses(Optional.empty(), Optional.empty(), 0, 9))
            .extracting(ListedAddress::address)
            .containsExactly(OTHER);
      }
    }
  }

  @Test
  void isNotOpenedWhereThereIsNoCrawl() {
    var file = folder.resolve("crawl.db");

    assertThatExceptionOfType(FrontierException.class)
        .isThrownBy(() -> CrawlView.open(file))
        .withMessageStartingWith("cannot open " + file + ": ");
    assertThat(file).doesNotExist();
  }
}
