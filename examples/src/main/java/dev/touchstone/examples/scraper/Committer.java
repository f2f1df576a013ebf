package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.frontier.Commit;
import dev.touchstone.examples.scraper.frontier.Found;
import dev.touchstone.examples.scraper.frontier.Lease;
import dev.touchstone.examples.scraper.frontier.Visit;
import dev.touchstone.patterns.observe.EventBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers what was done since the last commit, and makes one commit of it. */
final class Committer {

  /*
   * The order is the whole point. First the records are appended, then the files are forced to the
   * disk, then one transaction says that the addresses are done and how long the files are. A process
   * that dies before the transaction has files that are too long, and they are cut back; one that dies
   * after it has everything. In any other order there is a moment at which the database counts on
   * records that a power cut takes away.
   *
   * A transaction costs a flush of the disk however small it is, so it waits for company.
   */

  private static final int MOST_VISITS = 256;
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final CrawlHome home;
  private final EventBus<CrawlEvent> events;
  private final List<Visit> visits = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private final List<Lease> again = new ArrayList<>();
  private Optional<Duration> oldest = Optional.empty();

  Committer(CrawlHome home, EventBus<CrawlEvent> events) {
    this.home = home;
    this.events = events;
  }

  void done(Visit visit, List<Found> links, Duration now) {
    home.sinks().forEach(sink -> sink.write(visit));
    visits.add(visit);
    found.addAll(links);
    since(now);
  }

  void again(Lease lease, Duration now) {
    again.add(lease);
    since(now);
  }

  private void since(Duration now) {
    oldest = oldest.or(() -> Optional.of(now));
  }

  /** Returns how many addresses are done and not committed. */
  int visits() {
    return visits.size();
  }

  boolean isEmpty() {
    return oldest.isEmpty();
  }

  boolean isDue(Duration now) {
    return dueAt().filter(due -> due.compareTo(now) <= 0).isPresent();
  }

  /** Returns when the next commit is due, in the past too; empty if there is nothing to commit. */
  Optional<Duration> dueAt() {
    return visits.size() >= MOST_VISITS ? oldest : oldest.map(LONGEST_WAIT::plus);
  }

  /**
   * Commits what there is.
   *
   * @return the origins that have something to visit, new or again
   */
  Set<String> commit() {
    var offsets = home.files().force();
    var commit = new Commit(visits, found, again, offsets);
    var origins = new HashSet<>(home.frontier().commit(commit));
    again.forEach(lease -> origins.add(Addresses.origin(lease.link().uri())));
    events.post(new CrawlEvent.Committed(visits.size(), found.size()));
    visits.clear();
    found.clear();
    again.clear();
    oldest = Optional.empty();
    return origins;
  }
}
