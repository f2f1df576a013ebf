package dev.touchstone.examples.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Traffic traffic = new Traffic(nanos::get);

  private void end(@Nullable String route, int status, Duration took) {
    traffic.ended(new Ended(
        Instant.EPOCH,
        Integer.toString(status),
        route == null ? null : Route.of("GET", route, exchange -> {}),
        "GET",
        "shop",
        "/",
        "HTTP/1.1",
        "127.0.0.1",
        Caller.ANONYMOUS,
        "",
        status,
        0,
        0,
        took.toNanos(),
        Ended.Outcome.ANSWERED));
  }

  @Test
  void countsByRoute() {
    end("/a", 200, Duration.ofMillis(1));
    end("/a", 502, Duration.ofMillis(2));
    end("/b", 429, Duration.ofMillis(3));
    end(null, 404, Duration.ofMillis(4));
    nanos.set(2_500_000_000L);

    var all = traffic.figures();
    assertThat(all.requests()).isEqualTo(4);
    assertThat(all.errors()).isEqualTo(1);
    assertThat(all.perSecond()).containsExactly(4L, 0L);
    assertThat(all.recent()).isEqualTo(2);
    assertThat(all.half()).contains(Duration.ofMillis(2));
    assertThat(all.most()).contains(Duration.ofMillis(4));
    assertThat(traffic.figures("GET /a").errors()).isEqualTo(1);
    assertThat(traffic.figures("GET /b").limited()).isEqualTo(1);
    assertThat(traffic.figures("GET /c").requests()).isZero();
    assertThat(traffic.figures("GET /c").half()).isEmpty();
  }

  @Test
  void keepsTheLastHundred() {
    for (var i = 0; i < 150; i++) {
      end("/a", 200 + i, Duration.ZERO);
    }

    assertThat(traffic.last()).hasSize(100);
    assertThat(traffic.last().getFirst().status()).isEqualTo(349);
  }

  @Test
  void takesTimesFromTheLastThousand() {
    for (var i = 1; i <= 2_000; i++) {
      end("/a", 200, Duration.ofMillis(i));
    }

    assertThat(traffic.figures().half()).contains(Duration.ofMillis(1_500));
    assertThat(traffic.figures().most()).contains(Duration.ofMillis(1_990));
  }
}
