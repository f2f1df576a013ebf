package dev.touchstone.examples.scraper.dashboard;

import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.frontier.CrawlView.ErrorFigures;
import dev.touchstone.examples.scraper.frontier.CrawlView.HostFigures;
import dev.touchstone.examples.scraper.frontier.CrawlView.Overview;
import dev.touchstone.examples.web.Remembered;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** All that the pages show, wherever it comes from. For all threads. */
final class CrawlData implements AutoCloseable {

  /** How many hosts and kinds of errors are listed at most. */
  static final int MOST_ROWS = 500;

  private final Path folder;
  private final Optional<Live> live;
  private final Watch watch;
  private final CrawlView view; // guarded by lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Remembered<Overview> overview;
  private final Remembered<List<HostFigures>> hosts;
  private final Remembered<List<ErrorFigures>> errors;

  CrawlData(Path folder, Optional<Live> live, LongSupplier nanoTime, InstantSource clock) {
    this.folder = folder;
    this.live = live;
    var database = CrawlHome.database(folder);
    watch = new Watch(database, nanoTime, clock);
    view = CrawlView.open(database);
    overview = new Remembered<>(() -> look(CrawlView::overview), nanoTime);
    hosts = new Remembered<>(() -> look(v -> v.hosts(MOST_ROWS)), nanoTime);
    errors = new Remembered<>(() -> look(v -> v.errors(MOST_ROWS)), nanoTime);
  }

  Path folder() {
    return folder;
  }

  Optional<Live> live() {
    return live;
  }

  Progress progress() {
    return live.flatMap(Live::progress).orElseGet(() -> watch.progress(overview.get()));
  }

  List<HostFigures> hosts() {
    return hosts.get();
  }

  List<ErrorFigures> errors() {
    return errors.get();
  }

  /** Asks the database, one question at a time. */
  <R> R look(Function<CrawlView, R> question) {
    lock.lock();
    try {
      return question.apply(view);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      view.close();
    } finally {
      lock.unlock();
    }
  }
}
