package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.frontier.Commit;
import dev.touchstone.examples.scraper.frontier.Found;
import dev.touchstone.examples.scraper.frontier.Lease;
import dev.touchstone.examples.scraper.frontier.Note;
import dev.touchstone.examples.scraper.frontier.Rejected;
import dev.touchstone.examples.scraper.frontier.Trail;
import dev.touchstone.examples.scraper.frontier.Visit;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.sink.Finding;
import dev.touchstone.patterns.observe.EventBus;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** What waits in memory: pages with thousands of links must not make much of it. */
  private static final int MOST_FOUND = 20_000;

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private final CrawlHome home;
  private final EventBus<CrawlEvent> events;
  private final InstantSource clock;
  private final List<Visit> visits = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private final Set<URI> addresses = new HashSet<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final Map<String, String> robots = new HashMap<>();
  private final List<Lease> again = new ArrayList<>();
  private Optional<Duration> oldest = Optional.empty();

  Committer(CrawlHome home, EventBus<CrawlEvent> events, InstantSource clock) {
    this.home = home;
    this.events = events;
    this.clock = clock;
  }

  void done(Finding finding, Duration now) {
    if (!(finding.visit().outcome() instanceof Outcome.Unchanged)) { // else its records are there
      home.sinks().forEach(sink -> sink.write(finding));
    }
    visits.add(finding.visit());
    since(now);
  }

  /** Takes an address that is new; it becomes known with the commit of the page that it is on. */
  void found(Found one) {
    addresses.add(one.address());
    found.add(one);
  }

  /** Returns whether an address was found since the last commit. */
  boolean isFound(URI address) {
    return addresses.contains(address);
  }

  void rejected(Rejected one) {
    rejected.add(one);
  }

  void robots(String origin, String text, Duration now) {
    robots.put(origin, text);
    since(now);
  }

  void again(Lease lease, String why, Duration now) {
    again.add(lease);
    notes.add(new Note(lease, why));
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
    var isFull = visits.size() >= MOST_VISITS || found.size() >= MOST_FOUND;
    return isFull ? oldest : oldest.map(LONGEST_WAIT::plus);
  }

  /**
   * Commits what there is.
   *
   * @return the origins that have something to visit, new or again
   */
  Set<String> commit() {
    var offsets = home.files().force();
    var trail = new Trail(clock.instant(), rejected, notes, robots);
    var rows = home.files().tables().takeAll();
    var commit = new Commit(visits, found, again, rows, offsets, trail);
    var origins = new HashSet<>(home.frontier().commit(commit));
    again.forEach(lease -> origins.add(Addresses.origin(lease.link().uri())));
    events.post(new CrawlEvent.Committed(visits.size(), found.size()));
    visits.clear();
    found.clear();
    addresses.clear();
    rejected.clear();
    notes.clear();
    robots.clear();
    again.clear();
    oldest = Optional.empty();
    return origins;
  }
}
