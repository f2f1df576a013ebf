package dev.touchstone.examples.gateway.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and times requests by route, status and outcome: {@code gateway.requests}. A path that has no
 * route adds no series of its own, however many such paths a stranger makes up.
 */
public final class RequestMetrics implements RequestObserver {

  private static final Duration[] BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
  };

  private record Series(String route, int status, Ended.Outcome outcome) {}

  private final MeterRegistry registry;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

  /** Creates one that registers its meters as they are needed. */
  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void ended(Ended request) {
    timers
        .computeIfAbsent(
            new Series(request.routeName(), request.status(), request.outcome()), this::timer)
        .record(request.nanos(), TimeUnit.NANOSECONDS);
  }

  private Timer timer(Series series) {
    return Timer.builder("gateway.requests")
        .description("Requests by route, from the first line to the last byte of the answer")
        .tag("route", series.route())
        .tag("status", Integer.toString(series.status()))
        .tag("outcome", series.outcome().name().toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
