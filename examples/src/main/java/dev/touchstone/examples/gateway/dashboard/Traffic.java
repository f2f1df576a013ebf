package dev.touchstone.examples.gateway.dashboard;

import dev.touchstone.concurrency.sync.Guarded;
import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.observe.RequestObserver;
import dev.touchstone.examples.web.Throughput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What requests there were, and how they ended: what a {@link GatewayDashboard} shows, told by the
 * gateway. Each request takes a lock for a moment. Safe for use by several threads.
 */
public final class Traffic implements RequestObserver {

  /** How many requests are kept. */
  static final int MOST = 100;

  private static final int ERROR = 500;
  private static final int LIMITED = 429;

  /**
   * What became of requests since the start, and how fast the last ones were.
   *
   * @param requests how many there were
   * @param errors how many of them had no proper answer: a status of 500 or more, or half an answer
   * @param limited how many were refused because there had been too many
   * @param recent how many there were in a second, over half a minute
   * @param perSecond how many there were in each second, the newest last
   * @param half the time in which half of the last 1,000 were over; empty if there were none
   * @param most the time in which 99 % of them were
   */
  record Figures(
      long requests,
      long errors,
      long limited,
      double recent,
      List<Long> perSecond,
      Optional<Duration> half,
      Optional<Duration> most) {}

  private static final class Tally {

    private final Throughput throughput;
    private final Latencies latencies = new Latencies();
    private long requests;
    private long errors;
    private long limited;

    private Tally(long now) {
      throughput = new Throughput(now);
    }

    private void add(Ended request, long now) {
      requests++;
      errors += isError(request) ? 1 : 0;
      limited += request.status() == LIMITED ? 1 : 0;
      throughput.add(1, now);
      latencies.add(request.nanos());
    }

    private Figures figures(long now) {
      return new Figures(
          requests,
          errors,
          limited,
          throughput.recent(now),
          throughput.perSecond(now),
          latencies.within(0.5),
          latencies.within(0.99));
    }
  }

  private static final class State {

    private final Tally all;
    private final Map<String, Tally> routes = new HashMap<>(); // by names that definitions give
    private final Deque<Ended> last = new ArrayDeque<>();

    private State(long now) {
      all = new Tally(now);
    }
  }

  private final LongSupplier nanoTime;
  private final Guarded<State> state;

  /** Creates one that nothing has been told yet. */
  public Traffic() {
    this(System::nanoTime);
  }

  Traffic(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    state = Guarded.of("traffic", new State(nanoTime.getAsLong()));
  }

  /** Returns whether a request had no proper answer, which is not the client's doing. */
  static boolean isError(Ended request) {
    return request.status() >= ERROR || request.outcome() == Ended.Outcome.BROKEN_OFF;
  }

  @Override
  public void ended(Ended request) {
    state.change(s -> {
      var now = nanoTime.getAsLong();
      s.all.add(request, now);
      s.routes.computeIfAbsent(request.routeName(), name -> new Tally(now)).add(request, now);
      s.last.addFirst(request);
      if (s.last.size() > MOST) {
        s.last.removeLast();
      }
    });
  }

  /** Returns the figures of all requests. */
  Figures figures() {
    return state.read(s -> s.all.figures(nanoTime.getAsLong()));
  }

  /** Returns the figures of the requests of a route. */
  Figures figures(String route) {
    return state.read(s -> {
      var now = nanoTime.getAsLong();
      var tally = s.routes.get(route);
      return (tally == null ? new Tally(now) : tally).figures(now);
    });
  }

  /** Returns the last requests, the newest first. */
  List<Ended> last() {
    return state.read(s -> new ArrayList<>(s.last));
  }
}
