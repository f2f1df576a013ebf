package dev.touchstone.examples.scraper.politeness;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the {@code robots.txt} of each origin, and what is to be done to know more. It
 * fetches nothing itself.
 *
 * <p>Rules hold for 24 hours. If they cannot be had anew, the last good ones hold on. Where there never
 * were any, nothing is allowed: the file is asked for again after 1, 2, 4 ... seconds, and when the
 * patience is over, the origin is given up.
 *
 * <p>Reads no clock: {@code now} is the time since the start of the crawl. Confined to one thread.
 *
 * <p><b>Source:</b> RFC 9309, sections 2.3.1 and 2.4.
 */
public final class RobotsBook {

  /** What to do before an address of an origin is fetched. */
  public sealed interface Advice {}

  /** Ask for the {@code robots.txt} first, and say so by {@link #asked}. */
  public record Ask() implements Advice {}

  /** Wait for the {@code robots.txt} that was asked for. */
  public record Wait() implements Advice {}

  /**
   * Go by these rules.
   *
   * @param rules the rules
   */
  public record Follow(RobotsRules rules) implements Advice {}

  /**
   * Leave the origin alone for the rest of the crawl.
   *
   * @param reason why, in one line
   */
  public record GiveUp(String reason) implements Advice {}

  private static final Duration FRESH = Duration.ofHours(24);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private record Page(
      Optional<RobotsRules> rules,
      Duration staleAt,
      int failures,
      Duration firstFailure,
      Optional<String> givenUp) {

    static final Page EMPTY =
        new Page(Optional.empty(), Duration.ZERO, 0, Duration.ZERO, Optional.empty());

    static Page known(RobotsRules rules, Duration staleAt) {
      return new Page(Optional.of(rules), staleAt, 0, Duration.ZERO, Optional.empty());
    }
  }

  private final Duration patience;
  private final Map<String, Page> pages = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  /**
   * Creates an empty book.
   *
   * @param patience for how long a {@code robots.txt} that cannot be had is asked for again
   */
  public RobotsBook(Duration patience) {
    this.patience = requireNonNull(patience, "patience");
  }

  /** Says what to do before an address of an origin is fetched. */
  public Advice advice(String origin, Duration now) {
    if (asked.contains(origin)) {
      return new Wait();
    }
    var page = pages.getOrDefault(origin, Page.EMPTY);
    if (page.rules().isPresent() && now.compareTo(page.staleAt()) < 0) {
      return new Follow(page.rules().get());
    }
    if (page.givenUp().isPresent()) {
      return new GiveUp(page.givenUp().get());
    }
    return new Ask();
  }

  /** Says that the file was asked for, so that nobody asks for it twice at a time. */
  public void asked(String origin) {
    asked.add(origin);
  }

  /**
   * Takes down what came of asking.
   *
   * @return how long to leave the origin alone before the next {@link #advice}
   */
  public Duration note(String origin, RobotsAnswer answer, Duration now) {
    asked.remove(origin);
    var page = pages.getOrDefault(origin, Page.EMPTY);
    return switch (answer) {
      case RobotsAnswer.Known known -> {
        pages.put(origin, Page.known(known.rules(), now.plus(FRESH)));
        yield Duration.ZERO;
      }
      case RobotsAnswer.Unreachable failure -> {
        var reason = Optional.of(failure.reason());
        pages.put(origin, new Page(Optional.empty(), now, page.failures() + 1, now, reason));
        yield Duration.ZERO;
      }
      case RobotsAnswer.Unavailable failure
      when page.rules().isPresent() -> {
        pages.put(origin, Page.known(page.rules().get(), now.plus(LONGEST_PAUSE)));
        yield Duration.ZERO;
      }
      case RobotsAnswer.Unavailable failure -> {
        var since = page.failures() == 0 ? now : page.firstFailure();
        var pause = pause(page.failures());
        var isOver = now.plus(pause).minus(since).compareTo(patience) > 0;
        var givenUp = isOver ? Optional.of(failure.reason()) : Optional.<String>empty();
        pages.put(origin, new Page(Optional.empty(), now, page.failures() + 1, since, givenUp));
        yield isOver ? Duration.ZERO : pause;
      }
    };
  }

  private static Duration pause(int failures) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
