package dev.touchstone.examples.scraper.dashboard;

import dev.touchstone.concurrency.sync.Guarded;
import dev.touchstone.examples.scraper.frontier.CrawlView.Overview;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Throughput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a crawl gets on that does not run in this process, by what is committed each time somebody looks.
 * For all threads.
 */
final class Watch {

  /** A crawl that commits nothing for so long is not at work. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final class State {

    private final Throughput pages;
    private final Throughput addresses;
    private @Nullable Overview before;

    State(long now) {
      pages = new Throughput(now);
      addresses = new Throughput(now);
    }
  }

  private final Path database;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Guarded<State> state;

  Watch(Path database, LongSupplier nanoTime, InstantSource clock) {
    this.database = database;
    this.nanoTime = nanoTime;
    this.clock = clock;
    state = Guarded.of("watch", new State(nanoTime.getAsLong()));
  }

  Progress progress(Overview overview) {
    var now = nanoTime.getAsLong();
    var idle = lastCommit().map(commit -> Duration.between(commit, clock.instant()));
    var isAtWork = overview.waiting() > 0
        && idle.filter(quiet -> quiet.compareTo(QUIET) < 0).isPresent();
    return state.write(s -> {
      if (s.before != null) {
        s.pages.add(Math.max(0, overview.tally().pages() - s.before.tally().pages()), now);
        s.addresses.add(
            Math.max(0, overview.tally().visited() - s.before.tally().visited()), now);
      }
      s.before = overview;
      return new Progress(
          condition(overview, idle),
          isAtWork ? Progress.Mood.GOOD : Progress.Mood.CALM,
          overview.tally(),
          overview.waiting(),
          OptionalLong.empty(), // whoever crawls may have been given another limit
          s.pages.perSecond(now),
          s.pages.recent(now),
          s.addresses.recent(now));
    });
  }

  /* The process that crawls cannot be asked; how long it has been quiet says enough. */
  private static String condition(Overview overview, Optional<Duration> idle) {
    var commit =
        idle.map(quiet -> "last commit " + Quantities.time(quiet) + " ago").orElse("at rest");
    return (overview.waiting() == 0 ? "Complete, " : "Not complete, ") + commit;
  }

  /* A commit goes to the log beside the database, which is there only while somebody writes. */
  private Optional<Instant> lastCommit() {
    return Stream.of(database, database.resolveSibling(database.getFileName() + "-wal"))
        .flatMap(file -> modified(file).stream())
        .max(Instant::compareTo);
  }

  private static Optional<Instant> modified(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.size() == 0 // the log of somebody who only reads
          ? Optional.empty()
          : Optional.of(attributes.lastModifiedTime().toInstant());
    } catch (IOException e) { // there is none, or none any more
      return Optional.empty();
    }
  }
}
