package dev.touchstone.examples.scraper;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.scraper.CrawlPlan.Sitemaps;
import dev.touchstone.examples.scraper.CrawlReport.End;
import dev.touchstone.examples.scraper.Job.PageFetched;
import dev.touchstone.examples.scraper.Job.RobotsFetched;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.extract.Harvest;
import dev.touchstone.examples.scraper.fetch.Exchange;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.frontier.Frontier;
import dev.touchstone.examples.scraper.frontier.Lease;
import dev.touchstone.examples.scraper.frontier.Tally;
import dev.touchstone.examples.scraper.frontier.Visit;
import dev.touchstone.examples.scraper.page.Outcome;
import dev.touchstone.examples.scraper.politeness.HostScheduler;
import dev.touchstone.examples.scraper.politeness.HostState;
import dev.touchstone.examples.scraper.politeness.HostState.Reason;
import dev.touchstone.examples.scraper.politeness.Reply;
import dev.touchstone.examples.scraper.politeness.RobotsAnswer;
import dev.touchstone.examples.scraper.politeness.RobotsBook;
import dev.touchstone.examples.scraper.sink.Finding;
import dev.touchstone.patterns.observe.EventBus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/** One run of a {@link Crawler}. */
final class Crawl {

  /*
   * The thread that calls run() owns everything that changes: the frontier, the schedule, the robots
   * rules, the figures, the files. Workers only turn a job into a result. So there is nothing to lock,
   * and "nothing is under way, nothing is queued, nothing is to be committed" is simply the end.
   */

  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

  private final CrawlPlan plan;
  private final CrawlSettings settings;
  private final EventBus<CrawlEvent> events;
  private final Frontier frontier;
  private final TimeSource time;
  private final long startedAt;
  private final PageFetcher fetcher;

  private final HostScheduler scheduler;
  private final RobotsBook robots;
  private final Committer committer;
  private final LeaseBuffer leases;
  private final Gate gate;
  private final long pagesBefore;
  private Tally tally;
  private int pagesUnderWay;
  private Duration hostsDueAt = Duration.ZERO;

  Crawl(
      PageFetcher fetcher,
      CrawlPlan plan,
      CrawlSettings settings,
      EventBus<CrawlEvent> events,
      CrawlHome home,
      TimeSource time) {
    this.fetcher = fetcher;
    this.plan = plan;
    this.settings = settings;
    this.events = events;
    this.time = time;
    startedAt = time.nanoTime();
    frontier = home.frontier();
    scheduler = new HostScheduler(settings.pace());
    robots = new RobotsBook(settings.robotsPatience());
    committer = new Committer(home, events, InstantSource.system());
    gate = new Gate(plan, frontier, committer);
    leases = new LeaseBuffer(frontier);
    tally = frontier.tally();
    pagesBefore = tally.pages();
  }

  CrawlReport run() {
    frontier.origins().forEach(scheduler::offer);
    var end = End.INTERRUPTED;
    try (var workers = new Workers(fetcher, plan.extractor(), settings.concurrency())) {
      try {
        end = visitAll(workers);
      } catch (InterruptedException e) {
        finish(workers);
        Thread.currentThread().interrupt();
      }
    }
    return report(end);
  }

  private End visitAll(Workers workers) throws InterruptedException {
    while (true) {
      handOut(workers);
      if (workers.underWay() == 0 && !committer.isEmpty()) {
        commit(); // nobody works: what was found must become known first
      } else if (workers.underWay() == 0
          && (!mayFetchAnother() || scheduler.nextAt().isEmpty())) {
        return frontier.waiting() == 0 ? End.COMPLETE : End.LIMIT;
      } else {
        workers.poll(nap(workers)).forEach(this::take);
      }
      if (committer.isDue(now())) {
        commit();
      }
      tellOfHosts();
    }
  }

  private void tellOfHosts() {
    var now = now();
    if (now.compareTo(hostsDueAt) >= 0) {
      hostsDueAt = now.plus(LONGEST_NAP);
      events.post(new CrawlEvent.Hosts(scheduler.view(now), now));
    }
  }

  /** Lets what is under way come to its end, and keeps it. A second interruption cuts that short. */
  private void finish(Workers workers) {
    try {
      workers.takeBack();
      while (workers.underWay() > 0) {
        workers.poll(LONGEST_NAP).forEach(this::take);
      }
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
    if (!committer.isEmpty()) {
      commit();
    }
  }

  private Duration nap(Workers workers) {
    var nap = LONGEST_NAP;
    if (workers.takesMore() && mayFetchAnother()) {
      nap = shorter(nap, scheduler.nextAt());
    }
    return shorter(nap, committer.dueAt());
  }

  private Duration shorter(Duration nap, Optional<Duration> until) {
    var left = until.map(moment -> moment.minus(now())).orElse(nap);
    return left.compareTo(nap) < 0 ? left : nap;
  }

  private void commit() {
    committer.commit().forEach(scheduler::offer);
  }

  private boolean mayFetchAnother() {
    return tally.pages() + pagesUnderWay < settings.maxPages();
  }

  private void handOut(Workers workers) {
    while (workers.takesMore() && mayFetchAnother() && !committer.isDue(now())) {
      var origin = scheduler.take(now());
      if (origin.isEmpty()) {
        return;
      }
      if (!handOut(origin.get(), workers)) {
        scheduler.untake(origin.get());
      }
    }
  }

  /** Deals with one address of an origin, or its robots.txt; returns whether that takes a request. */
  private boolean handOut(String origin, Workers workers) {
    return switch (robots.advice(origin, now())) {
      case RobotsBook.Ask ask -> {
        robots.asked(origin);
        workers.submit(new Job.FetchRobots(origin));
        scheduler.drained(origin); // until it has come
        yield true;
      }
      case RobotsBook.Wait wait -> {
        scheduler.drained(origin);
        yield false;
      }
      case RobotsBook.GiveUp failure ->
        handOutNext(origin, lease -> {
          record(lease, new Outcome.Failed(failure.reason()));
          return false;
        });
      case RobotsBook.Follow known ->
        handOutNext(origin, lease -> {
          if (!known.rules().allows(lease.link().uri())) {
            record(lease, new Outcome.Excluded());
            return false;
          }
          workers.submit(new Job.FetchPage(lease));
          pagesUnderWay++;
          return true;
        });
    };
  }

  private boolean handOutNext(String origin, Predicate<Lease> request) {
    var isRequested = leases.next(origin).filter(request).isPresent();
    if (!leases.hasMore(origin)) {
      scheduler.drained(origin);
    }
    return isRequested;
  }

  private void take(Job.Result result) {
    switch (result) {
      case PageFetched page -> {
        pagesUnderWay--;
        reply(Addresses.origin(page.lease().link().uri()), page.fetched().reply());
        if (page.fetched().isTemporary() && page.lease().attempts() + 1 < settings.attempts()) {
          postpone(page);
        } else {
          page.harvest().targets().forEach(target -> gate.follow(page.lease(), target));
          page.fetched().sitemap().ifPresent(sitemap -> gate.follow(page.lease(), sitemap));
          record(page.visit(), page.harvest(), page.fetched().exchange());
        }
      }
      case RobotsFetched answer -> take(answer);
    }
  }

  private void take(RobotsFetched fetched) {
    var origin = fetched.origin();
    scheduler.finished(origin, new Reply.Answered(Duration.ZERO), now());
    var pause = robots.note(origin, fetched.answer(), now());
    if (fetched.answer() instanceof RobotsAnswer.Known known) {
      committer.robots(origin, known.rules().text(), now());
      if (plan.sitemaps() == Sitemaps.FOLLOW) {
        gate.followSitemaps(origin, known.rules());
      }
      known.rules().crawlDelay().ifPresent(delay -> scheduler.crawlDelay(origin, delay));
      hostsDueAt = Duration.ZERO;
    }
    if (pause.isPositive()) {
      scheduler.block(origin, now().plus(pause), Reason.ROBOTS);
      tellOfPause(origin);
    }
    scheduler.offer(origin);
  }

  private void reply(String origin, Reply reply) {
    scheduler.finished(origin, reply, now());
    if (!(reply instanceof Reply.Answered)) {
      tellOfPause(origin);
    }
  }

  private void tellOfPause(String origin) {
    var host = scheduler.view(origin, now());
    if (host.state() instanceof HostState.Blocked blocked) {
      events.post(new CrawlEvent.Paused(host, blocked.reason(), blocked.until().minus(now())));
    }
  }

  private void postpone(PageFetched page) {
    var lease = page.lease();
    var host = scheduler.view(Addresses.origin(lease.link().uri()), now());
    committer.again(lease, Reasons.ofRetry(page.fetched().outcome(), host, now()), now());
    events.post(
        new CrawlEvent.Postponed(lease.link(), page.fetched().outcome(), lease.attempts() + 1));
  }

  private void record(Lease lease, Outcome outcome) {
    record(new Visit(lease, outcome), Harvest.NOTHING, Optional.empty());
  }

  private void record(Visit visit, Harvest harvest, Optional<Exchange> exchange) {
    if (visit.outcome() instanceof Outcome.Redirect redirect) {
      gate.followRedirect(visit.lease(), redirect.target());
    }
    committer.done(new Finding(visit, harvest.items(), exchange), now());
    tally = tally.plus(visit);
    var link = visit.lease().link();
    events.post(new CrawlEvent.Visited(link, visit.outcome(), report(End.NOT_YET)));
    if (!harvest.items().isEmpty() || !harvest.problems().isEmpty()) {
      events.post(new CrawlEvent.Harvested(link, harvest));
    }
  }

  private CrawlReport report(End end) {
    return new CrawlReport(tally, pagesBefore, settings.maxPages(), waiting(), now(), end);
  }

  private long waiting() {
    return frontier.waiting() - committer.visits();
  }

  private Duration now() {
    return Duration.ofNanos(time.nanoTime() - startedAt);
  }
}
