package dev.touchstone.examples.scraper.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.scraper.page.Earlier;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.page.Validators;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFrontierTest {

  private static final String SITE = "http://a.example";

  @TempDir
  private Path folder;

  private SqliteFrontier frontier;

  @BeforeEach
  void open() {
    frontier = SqliteFrontier.open(folder.resolve("crawl.db"));
  }

  @AfterEach
  void close() {
    frontier.close();
  }

  private void reopen() {
    close();
    open();
  }

  private static Found seed(String address) {
    return Found.seed(URI.create(address));
  }

  private static Found on(Lease page, String address, int priority) {
    return new Found(URI.create(address), page.link().depth() + 1, priority, Optional.of(page));
  }

  private static Outcome page() {
    return new Outcome.Page("A title", 100, List.of());
  }

  private Lease lease() {
    return frontier.lease(SITE, 1).getFirst();
  }

  private List<String> leaseAll() {
    return frontier.lease(SITE, 1_000).stream()
        .map(lease -> lease.link().uri().getPath())
        .toList();
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(frontier.origins()).isEmpty();
    assertThat(frontier.lease(SITE, 1)).isEmpty();
    assertThat(frontier.offsets()).isEmpty();
    assertThat(frontier.waiting()).isZero();
    assertThat(frontier.tally()).isEqualTo(Tally.NONE);
  }

  @Test
  void givesEachAddressOutOnceInTheOrderOfDiscovery() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/b"), seed(SITE + "/a"), seed(SITE + "/b"))));

    assertThat(frontier.waiting()).isEqualTo(2);
    assertThat(leaseAll()).containsExactly("/b", "/a");
    assertThat(leaseAll()).isEmpty();
  }

  @Test
  void givesHigherPrioritiesOutEarlier() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/"))));
    var start = lease();
    frontier.commit(new Commit(
        List.of(new Visit(start, page())),
        List.of(on(start, SITE + "/low", 0), on(start, SITE + "/high", 10)),
        List.of(),
        Map.of()));

    assertThat(leaseAll()).containsExactly("/high", "/low");
  }

  @Test
  void namesTheOriginsOfWhatIsNew() {
    assertThat(frontier.commit(Commit.start(List.of(seed(SITE + "/"), seed("http://b.example/")))))
        .containsExactlyInAnyOrder(SITE, "http://b.example");
    assertThat(frontier.commit(Commit.start(List.of(seed(SITE + "/"), seed(SITE + "/new")))))
        .containsExactly(SITE);
    assertThat(frontier.origins()).containsExactlyInAnyOrder(SITE, "http://b.example");
  }

  @Test
  void remembersHowItCameToAnAddress() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/"))));
    var start = lease();
    frontier.commit(new Commit(
        List.of(new Visit(start, page())),
        List.of(on(start, SITE + "/a", 0)),
        List.of(),
        Map.of()));
    reopen();

    var link = lease().link();
    assertThat(link.depth()).isEqualTo(1);
    assertThat(link.from()).contains(URI.create(SITE + "/"));
  }

  @Test
  void queuesAgainWhatIsToBeVisitedOnceMore() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/"), seed(SITE + "/b"))));
    var start = lease();
    frontier.commit(new Commit(List.of(), List.of(), List.of(start), Map.of()));

    assertThat(lease()).isEqualTo(new Lease(start.id(), start.link(), 1, Optional.empty()));
    assertThat(frontier.waiting()).isEqualTo(2);
  }

  @Test
  void queuesWhatIsDoneAgainAndKeepsWhatIsKnownOfIt() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/"))));
    var validators = new Validators(Optional.of("\"v1\""), Optional.of("yesterday"));
    var visit = new Visit(lease(), page(), validators);
    frontier.commit(new Commit(List.of(visit), List.of(), List.of(), Map.of()));
    frontier.refresh();

    assertThat(frontier.waiting()).isEqualTo(1);
    assertThat(frontier.tally()).isEqualTo(Tally.NONE);
    reopen();
    assertThat(frontier.waiting()).isEqualTo(1);
    var again = lease();
    assertThat(again.attempts()).isZero();
    assertThat(again.earlier()).contains(new Earlier(true, 100, validators));

    var unchanged = new Outcome.Unchanged(again.earlier().orElseThrow());
    frontier.commit(
        new Commit(List.of(new Visit(again, unchanged)), List.of(), List.of(), Map.of()));
    var tally = frontier.tally();
    assertThat(tally).isEqualTo(new Tally(1, 0, 0, 0, 0, 0, 0, 100, 1));
    reopen();
    assertThat(frontier.tally()).isEqualTo(tally);
    frontier.refresh();
    assertThat(lease().earlier()).isEqualTo(again.earlier());
  }

  @Test
  void takesLeasesBackWhenItIsOpenedAgain() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/a"), seed(SITE + "/b"))));
    var a = lease();
    lease();
    frontier.commit(new Commit(List.of(new Visit(a, page())), List.of(), List.of(), Map.of()));
    reopen(); // the lease of b was committed together with a

    assertThat(leaseAll()).containsExactly("/b");
  }

  @Test
  void keepsACommitWholeAndForgetsWhatWasNotCommitted() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/a"))));
    var a = lease();
    frontier.commit(new Commit(
        List.of(new Visit(a, page())),
        List.of(on(a, SITE + "/b", 0)),
        List.of(),
        Map.of("pages.jsonl", 123L)));
    lease();
    reopen();

    assertThat(frontier.offsets()).isEqualTo(Map.of("pages.jsonl", 123L));
    assertThat(frontier.tally()).isEqualTo(new Tally(1, 0, 0, 0, 0, 0, 0, 100, 0));
    assertThat(leaseAll()).containsExactly("/b");
    assertThat(frontier.commit(Commit.start(List.of(seed(SITE + "/a"))))).isEmpty();
  }

  @Test
  void changesNothingWhenACommitFails() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/a"))));
    var a = lease();
    var broken = new Lease(Long.MAX_VALUE, a.link(), 0, Optional.empty());

    // A row for b is inserted before the link to a parent that does not exist is refused.
    assertThatExceptionOfType(FrontierException.class)
        .isThrownBy(() -> frontier.commit(new Commit(
            List.of(new Visit(a, page())),
            List.of(on(a, SITE + "/b", 0), on(broken, SITE + "/c", 0)),
            List.of(),
            Map.of("out", 9L))))
        .withMessageStartingWith("cannot write " + folder.resolve("crawl.db"));
    assertThat(frontier.tally()).isEqualTo(Tally.NONE);
    assertThat(frontier.offsets()).isEmpty();
    reopen();
    assertThat(leaseAll()).containsExactly("/a");
  }

  @Test
  void keepsRowsByTheNamesOfTheirColumns() {
    frontier.commit(Commit.start(List.of(seed(SITE + "/"))));
    var page = lease();
    var rows = List.of(
        row(page, "name", "agate", "hardness", 7L),
        row(page, "hardness", 8L, "name", "beryl"),
        row(page, "name", "opal"));
    frontier.commit(new Commit(List.of(), List.of(), List.of(), rows, Map.of(), Trail.NONE));

    try (var view = CrawlView.open(folder.resolve("crawl.db"))) {
      var kept = new ArrayList<String>();
      view.forEachRow("item_stone", row -> kept.add(row.get("name") + " " + row.get("hardness")));
      assertThat(kept).containsExactly("agate 7", "beryl 8", "opal null");
    }
  }

  private static Row row(Lease page, Object... namesAndValues) {
    var values = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Row(page, "item_stone", values);
  }

  @Test
  void countsByOutcome() {
    var outcomes = List.of(
        page(),
        new Outcome.Redirect(301, URI.create(SITE + "/")),
        new Outcome.Other("text/csv"),
        new Outcome.Refused(404),
        new Outcome.Failed("no answer"),
        new Outcome.Excluded());
    frontier.commit(Commit.start(
        IntStream.range(0, outcomes.size()).mapToObj(i -> seed(SITE + "/" + i)).toList()));
    var leases = frontier.lease(SITE, 10);
    var visits = new ArrayList<Visit>();
    for (var i = 0; i < outcomes.size(); i++) {
      var lease = leases.get(i);
      visits.add(new Visit(
          new Lease(lease.id(), lease.link(), i == 0 ? 2 : 0, Optional.empty()), outcomes.get(i)));
    }
    frontier.commit(new Commit(visits, List.of(), List.of(), Map.of()));

    var expected = new Tally(1, 1, 1, 1, 1, 1, 2, 100, 0);
    assertThat(frontier.tally()).isEqualTo(expected);
    reopen();
    assertThat(frontier.tally()).isEqualTo(expected);
    assertThat(frontier.waiting()).isZero();
  }

  @Test
  void losesNothingWhileItGrows() {
    var all = IntStream.range(0, 20_000).mapToObj(i -> seed(SITE + "/" + i)).toList();
    for (var from = 0; from < all.size(); from += 1_000) {
      frontier.commit(Commit.start(all.subList(from, from + 1_000)));
    }
    reopen();

    var seen = new HashSet<URI>();
    for (var leases = frontier.lease(SITE, 512);
        !leases.isEmpty();
        leases = frontier.lease(SITE, 512)) {
      leases.forEach(lease -> assertThat(seen.add(lease.link().uri())).isTrue());
    }
    assertThat(seen).hasSize(all.size());
  }

  @Test
  void isNotOpenedInAnotherKindOfFile() throws Exception {
    var text = Files.writeString(folder.resolve("text"), "this is no database, ".repeat(100));
    assertThatExceptionOfType(FrontierException.class)
        .isThrownBy(() -> SqliteFrontier.open(text))
        .withMessageContaining("cannot open " + text + ": ")
        .withMessageContaining("not a database");

    var other = folder.resolve("other.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE mine (x)");
    }
    assertThatExceptionOfType(FrontierException.class)
        .isThrownBy(() -> SqliteFrontier.open(other))
        .withMessage(
            "cannot open " + other + ": it is a database, but not of a crawl of this version");
  }

  @Test
  void saysWhichFileCannotBeOpened() throws IOException {
    var file = folder.resolve("missing/crawl.db");

    assertThatExceptionOfType(FrontierException.class)
        .isThrownBy(() -> SqliteFrontier.open(file))
        .withMessageStartingWith("cannot open " + file + ": ");
  }
}
