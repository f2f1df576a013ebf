package dev.touchstone.examples.scraper.dashboard;

import dev.touchstone.examples.scraper.CrawlEvent;
import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.CrawlSettings;
import dev.touchstone.examples.scraper.Crawler;
import dev.touchstone.examples.scraper.fetch.PageFetcher;
import dev.touchstone.examples.scraper.fetch.Reach;
import dev.touchstone.examples.scraper.politeness.Pace;
import dev.touchstone.examples.scraper.sink.PageLines;
import dev.touchstone.examples.scraper.sink.Storage;
import dev.touchstone.patterns.observe.EventBus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A crawl with its dashboard that is held in the middle, so that its pages can be looked at. */
final class HeldCrawl implements AutoCloseable {

  private static final int HELD_AT = 20;

  /* The Crawl-delay of the site counts as no more than the last of these. */
  private static final Pace PACE = new Pace(Duration.ofMillis(1), 2, Duration.ofMillis(5));

  private final HostileSite site = HostileSite.open();
  private final EventBus<CrawlEvent> events = EventBus.of(CrawlEvent.class).build();
  private final PageFetcher fetcher = PageFetcher.open("touchstone-test", Reach.ANYWHERE);
  private final CountDownLatch isHeld = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final CrawlHome home;
  private final CrawlDashboard dashboard;
  private final Thread thread;
  private boolean isClosed;
  private int visits; // by the thread of the crawl

  private HeldCrawl(Path folder) throws IOException {
    home = CrawlHome.create(
        folder, Storage.disk(), files -> List.of(new PageLines(files.open("pages.jsonl"))));
    dashboard = CrawlDashboard.open(folder, events, 0);
    events.on(CrawlEvent.Visited.class, visit -> hold());
    var settings = new CrawlSettings(2, 1_000, 3, PACE, Duration.ofSeconds(1));
    thread = Thread.ofPlatform()
        .start(() -> new Crawler(fetcher, settings, events).crawl(site.uri(), home));
  }

  /** Starts a crawl and waits until it is held. */
  static HeldCrawl start(Path folder) throws Exception {
    var crawl = new HeldCrawl(folder);
    crawl.isHeld.await();
    return crawl;
  }

  private void hold() throws InterruptedException {
    if (++visits == HELD_AT) {
      isHeld.countDown();
      mayGoOn.await();
    }
  }

  /** Lets it go on and waits for its end. */
  void finish() {
    mayGoOn.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI seed() {
    return site.uri();
  }

  CrawlDashboard dashboard() {
    return dashboard;
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    finish();
    dashboard.close();
    home.close();
    fetcher.close();
    events.close();
    site.close();
  }
}
