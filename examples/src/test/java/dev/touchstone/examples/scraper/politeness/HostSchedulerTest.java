package dev.touchstone.examples.scraper.politeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.examples.scraper.politeness.HostState.Blocked;
import dev.touchstone.examples.scraper.politeness.HostState.Busy;
import dev.touchstone.examples.scraper.politeness.HostState.Idle;
import dev.touchstone.examples.scraper.politeness.HostState.Ready;
import dev.touchstone.examples.scraper.politeness.HostState.Reason;
import dev.touchstone.examples.scraper.politeness.HostView.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostSchedulerTest {

  private static final String HOST = "http://one.example";
  private static final Reply QUICK = new Reply.Answered(ms(10));

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static HostScheduler scheduler(Duration floor, int perHost) {
    return new HostScheduler(new Pace(floor, perHost, seconds(60)));
  }

  @Nested
  class OneHost {

    private final HostScheduler scheduler = scheduler(ms(500), 1);

    private HostState stateAt(Duration now) {
      return scheduler.view(HOST, now).state();
    }

    @Test
    void goesThroughItsStates() {
      scheduler.offer(HOST);
      assertThat(stateAt(ms(0))).isEqualTo(new Ready(ms(0)));

      assertThat(scheduler.take(ms(100))).contains(HOST);
      assertThat(stateAt(ms(100))).isEqualTo(new Busy(1));

      scheduler.finished(HOST, QUICK, ms(150));
      assertThat(stateAt(ms(150))).isEqualTo(new Ready(ms(600)));

      scheduler.block(HOST, ms(900), Reason.ROBOTS);
      assertThat(stateAt(ms(899))).isEqualTo(new Blocked(ms(900), Reason.ROBOTS));

      scheduler.drained(HOST);
      assertThat(stateAt(ms(901))).isEqualTo(new Idle());
      assertThat(scheduler.nextAt()).isEmpty();
    }

    @Test
    void isNotAskedBeforeItsDelayHasPassed() {
      scheduler.offer(HOST);
      scheduler.take(ms(0));
      scheduler.finished(HOST, QUICK, ms(10));

      assertThat(scheduler.nextAt()).contains(ms(500));
      assertThat(scheduler.take(ms(499))).isEmpty();
      assertThat(scheduler.take(ms(500))).contains(HOST);
    }

    @Test
    void isNotAskedByMoreRequestsThanAllowed() {
      scheduler.offer(HOST);
      scheduler.take(ms(0));

      assertThat(scheduler.take(seconds(9))).isEmpty();
      assertThat(scheduler.nextAt()).isEmpty();
    }

    @Test
    void waitsAsLongAsItAsks() {
      scheduler.offer(HOST);
      scheduler.take(ms(0));
      scheduler.finished(HOST, new Reply.Throttled(Optional.of(seconds(7))), ms(20));

      assertThat(scheduler.nextAt()).contains(ms(7_020));
      assertThat(stateAt(seconds(1))).isEqualTo(new Blocked(ms(7_020), Reason.RETRY_AFTER));
    }

    @Test
    void waitsAMinuteAndTwiceAsLongEachTimeIfItDoesNotSay() {
      scheduler.offer(HOST);
      var now = ms(0);
      var pauses = new ArrayList<Long>();
      for (var i = 0; i < 8; i++) {
        scheduler.take(now);
        scheduler.finished(HOST, new Reply.Throttled(Optional.empty()), now);
        var next = scheduler.nextAt().orElseThrow();
        pauses.add(next.minus(now).toSeconds());
        now = next;
      }

      assertThat(pauses).containsExactly(60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
    }

    @Test
    void isForgivenOnlyByAnswersAndOneAtATime() {
      scheduler.offer(HOST);
      var now = ms(0);
      for (var reply : List.of(
          new Reply.Throttled(Optional.empty()), new Reply.Throttled(Optional.empty()), QUICK)) {
        scheduler.take(now);
        scheduler.finished(HOST, reply, now);
        now = scheduler.nextAt().orElseThrow();
      }
      scheduler.take(now);
      scheduler.finished(HOST, new Reply.Throttled(Optional.empty()), now);

      assertThat(scheduler.nextAt().orElseThrow().minus(now)).isEqualTo(seconds(120));
    }

    @Test
    void isGivenTimeWhenItDoesNotAnswer() {
      scheduler.offer(HOST);
      scheduler.take(ms(0));
      scheduler.finished(HOST, new Reply.Failed(), ms(0));
      assertThat(stateAt(ms(0))).isEqualTo(new Blocked(seconds(1), Reason.UNREACHABLE));

      scheduler.take(seconds(1));
      scheduler.finished(HOST, new Reply.Failed(), seconds(1));
      assertThat(stateAt(seconds(1))).isEqualTo(new Blocked(seconds(3), Reason.UNREACHABLE));
    }

    @Test
    void keepsTheLongerOfTwoPauses() {
      scheduler.offer(HOST);
      scheduler.block(HOST, seconds(50), Reason.ROBOTS);
      scheduler.block(HOST, seconds(10), Reason.THROTTLED);

      assertThat(stateAt(seconds(20))).isEqualTo(new Blocked(seconds(50), Reason.ROBOTS));
    }

    @Test
    void isAskedAsSeldomAsItsCrawlDelaySaysUpToAPoint() {
      scheduler.offer(HOST);
      scheduler.crawlDelay(HOST, seconds(5));
      assertThat(scheduler.view(HOST, ms(0)).delay()).isEqualTo(seconds(5));
      assertThat(scheduler.view(HOST, ms(0)).cause()).isEqualTo(Cause.CRAWL_DELAY);

      scheduler.crawlDelay(HOST, seconds(86_400));
      assertThat(scheduler.view(HOST, ms(0)).delay()).isEqualTo(seconds(60));
    }

    @Test
    void isAskedLessWhenItGetsSlower() {
      scheduler.offer(HOST);
      var now = ms(0);
      for (var latency : new int[] {100, 100, 100, 8_000, 8_000}) {
        scheduler.take(now);
        scheduler.finished(HOST, new Reply.Answered(ms(latency)), now);
        now = scheduler.nextAt().orElseThrow();
      }

      assertThat(scheduler.view(HOST, now).cause()).isEqualTo(Cause.LATENCY);
      assertThat(scheduler.view(HOST, now).delay()).isBetween(seconds(2), seconds(4));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 365L * 86_400 * 1_000})
    void survivesAnyRetryAfter(long wait) {
      scheduler.offer(HOST);
      scheduler.take(ms(0));
      scheduler.finished(HOST, new Reply.Throttled(Optional.of(seconds(wait))), ms(0));

      assertThat(scheduler.nextAt()).contains(Duration.ofDays(30));
    }

    @Test
    void mustBeKnown() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scheduler.drained(HOST))
          .withMessage("a host must be offered first; unknown: " + HOST);
    }
  }

  @Test
  void aSiteOfOnesOwnIsSlowedDownByNothing() {
    var scheduler = scheduler(Duration.ZERO, 3);
    scheduler.offer(HOST);

    assertThat(scheduler.take(ms(0))).contains(HOST);
    assertThat(scheduler.take(ms(0))).contains(HOST);
    assertThat(scheduler.take(ms(0))).contains(HOST);
    assertThat(scheduler.take(ms(0))).isEmpty();
  }

  @Test
  void theHostThatCouldHaveBeenAskedFirstIs() {
    var scheduler = scheduler(seconds(1), 1);
    for (var host : List.of("a", "b", "c")) {
      scheduler.offer(host);
      scheduler.block(host, host.equals("b") ? ms(1) : ms(2), Reason.ROBOTS);
    }

    assertThat(scheduler.take(seconds(5))).contains("b");
    assertThat(scheduler.take(seconds(5))).contains("a");
    assertThat(scheduler.take(seconds(5))).contains("c");
  }

  /** A thousand hosts that behave badly at random, on virtual time, watched by a simple oracle. */
  @Nested
  class AThousandHosts {

    private static final int HOSTS = 1_000;

    private record Request(String host, Duration endsAt, Reply reply) {}

    /** What the rules say of one host, written down without a scheduler. */
    private static final class Oracle {

      private Duration earliest = Duration.ZERO;
      private int busy;
      private int starts;

      void started(Duration now, Duration delay, int perHost) {
        assertThat(now).isGreaterThanOrEqualTo(earliest);
        assertThat(++busy).isLessThanOrEqualTo(perHost);
        starts++;
        notBefore(now.plus(delay));
      }

      void notBefore(Duration time) {
        earliest = earliest.compareTo(time) > 0 ? earliest : time;
      }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areNeverAskedEarly(long seed) {
      var random = new Random(seed);
      var pace = new Pace(ms(200), 1 + random.nextInt(3), seconds(10));
      var scheduler = new HostScheduler(pace);
      var delays = new HashMap<String, Duration>();
      for (var i = 0; i < HOSTS; i++) {
        var host = "http://h" + i;
        scheduler.offer(host);
        var crawlDelay = random.nextInt(4) == 0 ? ms(random.nextInt(12_000)) : Duration.ZERO;
        scheduler.crawlDelay(host, crawlDelay);
        delays.put(host, Duration.ofMillis(Math.clamp(crawlDelay.toMillis(), 200, 10_000)));
      }
      var oracles = run(scheduler, pace, delays, random, seconds(120));

      assertThat(oracles).hasSize(HOSTS);
      assertThat(oracles.values()).allMatch(oracle -> oracle.starts > 1);
    }

    private Map<String, Oracle> run(
        HostScheduler scheduler,
        Pace pace,
        Map<String, Duration> delays,
        Random random,
        Duration end) {
      var oracles = new HashMap<String, Oracle>();
      var underWay = new PriorityQueue<>(Comparator.comparing(Request::endsAt));
      var now = Duration.ZERO;
      while (now.compareTo(end) < 0) {
        for (var taken = scheduler.take(now); taken.isPresent(); taken = scheduler.take(now)) {
          var host = taken.get();
          oracles
              .computeIfAbsent(host, name -> new Oracle())
              .started(now, delays.get(host), pace.perHost());
          var latency = ms(1 + random.nextInt(400));
          underWay.add(new Request(host, now.plus(latency), reply(random, latency)));
        }
        now = next(scheduler, underWay);
        while (!underWay.isEmpty() && underWay.peek().endsAt().compareTo(now) <= 0) {
          var request = underWay.remove();
          scheduler.finished(request.host(), request.reply(), now);
          var oracle = oracles.get(request.host());
          oracle.busy--;
          if (request.reply() instanceof Reply.Throttled throttled) {
            oracle.notBefore(now.plus(throttled.pause().orElse(seconds(60))));
          } else if (request.reply() instanceof Reply.Failed) {
            oracle.notBefore(now.plus(seconds(1)));
          }
        }
      }
      return oracles;
    }

    private static Duration next(HostScheduler scheduler, PriorityQueue<Request> underWay) {
      var start = scheduler.nextAt();
      if (underWay.isEmpty()) {
        return start.orElseThrow();
      }
      var end = underWay.peek().endsAt();
      return start.filter(time -> time.compareTo(end) < 0).orElse(end);
    }

    private static Reply reply(Random random, Duration latency) {
      return switch (random.nextInt(50)) {
        case 0 -> new Reply.Throttled(Optional.empty());
        case 1 -> new Reply.Throttled(Optional.of(seconds(random.nextInt(9))));
        case 2 -> new Reply.Failed();
        default -> new Reply.Answered(latency);
      };
    }

    @Test
    void areAskedAsOftenAsTheyMay() {
      var scheduler = scheduler(seconds(1), 1);
      for (var i = 0; i < HOSTS; i++) {
        scheduler.offer("http://h" + i);
      }
      var starts = new HashMap<String, Integer>();
      var now = Duration.ZERO;
      while (now.compareTo(seconds(100)) < 0) {
        var host = scheduler.take(now);
        if (host.isPresent()) {
          starts.merge(host.get(), 1, Integer::sum);
          scheduler.finished(host.get(), QUICK, now);
        } else {
          now = scheduler.nextAt().orElseThrow();
        }
      }

      assertThat(starts).hasSize(HOSTS);
      assertThat(starts.values()).allSatisfy(n -> assertThat(n).isCloseTo(100, within(2)));
    }
  }
}
