package dev.touchstone.examples.scraper.dashboard;

import dev.touchstone.concurrency.sync.Guarded;
import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlReport;
import dev.touchstone.examples.scraper.page.Link;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.politeness.HostView;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Throughput;
import dev.touchstone.patterns.observe.EventBus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What a crawl of this process tells while it runs. Told by its thread, asked by others. */
final class Live {

  private static final int MOST_VISITS = 12;

  /** An address that was dealt with. */
  record Visited(Link link, Outcome outcome) {}

  /** The hosts, and the time since the start of the crawl, which theirs are in. */
  record Hosts(List<HostView> hosts, Duration now) {}

  private static final class State {

    private Optional<CrawlReport> report = Optional.empty();
    private final Deque<Visited> visits = new ArrayDeque<>();
    private final Throughput pages;
    private final Throughput addresses;
    private List<HostView> hosts = List.of();
    private long hostsStart;

    State(long now) {
      pages = new Throughput(now);
      addresses = new Throughput(now);
    }
  }

  private final LongSupplier nanoTime;
  private final Guarded<State> state;

  Live(EventBus<CrawlEvent> events, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    state = Guarded.of("dashboard", new State(nanoTime.getAsLong()));
    events.on(CrawlEvent.Visited.class, this::take);
    events.on(CrawlEvent.Hosts.class, this::take);
    events.on(
        CrawlEvent.Ended.class, ended -> state.change(s -> s.report = Optional.of(ended.report())));
  }

  private void take(CrawlEvent.Visited visit) {
    state.change(s -> {
      s.report = Optional.of(visit.soFar());
      var now = nanoTime.getAsLong();
      s.addresses.add(1, now);
      s.pages.add(visit.outcome().isPage() ? 1 : 0, now);
      s.visits.addFirst(new Visited(visit.link(), visit.outcome()));
      if (s.visits.size() > MOST_VISITS) {
        s.visits.removeLast();
      }
    });
  }

  private void take(CrawlEvent.Hosts hosts) {
    state.change(s -> {
      s.hosts = hosts.hosts();
      s.hostsStart = nanoTime.getAsLong() - hosts.now().toNanos();
    });
  }

  /** Returns how the crawl gets on; empty before the first address is dealt with. */
  Optional<Progress> progress() {
    return state.read(s -> s.report.map(report -> {
      var now = nanoTime.getAsLong();
      return new Progress(
          condition(report),
          report.end() == CrawlReport.End.NOT_YET ? Progress.Mood.GOOD : Progress.Mood.CALM,
          report.tally(),
          report.waiting(),
          OptionalLong.of(Math.max(0, report.maxPages() - report.pages())),
          s.pages.perSecond(now),
          s.pages.recent(now),
          s.addresses.recent(now));
    }));
  }

  private static String condition(CrawlReport report) {
    return switch (report.end()) {
      case NOT_YET -> "Running for " + Quantities.time(report.elapsed());
      case COMPLETE -> "Complete after " + Quantities.time(report.elapsed());
      case LIMIT -> "Stopped at its greatest number of pages";
      case INTERRUPTED -> "Interrupted";
    };
  }

  /** Returns the latest visits, the newest first. */
  List<Visited> visits() {
    return state.read(s -> new ArrayList<>(s.visits));
  }

  Hosts hosts() {
    return state.read(
        s -> new Hosts(s.hosts, Duration.ofNanos(nanoTime.getAsLong() - s.hostsStart)));
  }
}
