package dev.touchstone.examples.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.examples.gateway.HeldExchange;
import dev.touchstone.examples.gateway.limit.LimitOptions.Per;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final Quota TWO_A_MINUTE = new Quota(2, Duration.ofMinutes(1));

  private final VirtualTime time = new VirtualTime();

  private RateLimiter limiter(Per per) {
    return new RateLimiter(LimitOptions.of("standard", per, TWO_A_MINUTE), time);
  }

  private static boolean admits(RateLimiter limiter, HeldExchange exchange) {
    try {
      limiter.admit(exchange);
      return true;
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isEqualTo(429);
      return false;
    }
  }

  @Nested
  class Quotas {

    @Test
    void areToldInEachAnswer() throws Exception {
      var limiter = limiter(Per.ADDRESS);
      var exchange = new HeldExchange();

      limiter.admit(exchange);

      assertThat(exchange.promised())
          .containsEntry("RateLimit-Policy", "\"standard\";q=2;w=60")
          .containsEntry("RateLimit", "\"standard\";r=1;t=30");
    }

    @Test
    void areRefusedWithTheTimeToComeBack() {
      var limiter = limiter(Per.ADDRESS);
      admits(limiter, new HeldExchange());
      admits(limiter, new HeldExchange());
      var third = new HeldExchange();

      assertThatThrownBy(() -> limiter.admit(third))
          .isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().detail())
                .isEqualTo(
                    "You may send 2 requests in 60 seconds; send the next one in 30 seconds.");
            assertThat(refused.fields().get("Retry-After")).isEqualTo("30");
          });
      assertThat(third.promised()).containsEntry("RateLimit", "\"standard\";r=0;t=60");
    }

    @Test
    void comeBackAsTimePasses() throws Exception {
      var limiter = limiter(Per.ADDRESS);
      admits(limiter, new HeldExchange());
      admits(limiter, new HeldExchange());
      assertThat(admits(limiter, new HeldExchange())).isFalse();

      time.sleep(Duration.ofSeconds(30));

      assertThat(admits(limiter, new HeldExchange())).isTrue();
      assertThat(admits(limiter, new HeldExchange())).isFalse();
    }

    @Test
    void dependOnTheTierOfAKey() {
      var limiter = new RateLimiter(
          new LimitOptions(
              "tiers",
              Per.CALLER,
              new Quota(1, Duration.ofMinutes(1)),
              Map.of("gold", new Quota(3, Duration.ofMinutes(1))),
              100),
          time);
      var gold = new HeldExchange().calledBy(new Caller.KeyHolder("shop", "gold"));
      var basic = new HeldExchange().calledBy(new Caller.KeyHolder("shop", "basic"));

      assertThat(admits(limiter, basic)).isTrue();
      assertThat(admits(limiter, basic)).isFalse();
      assertThat(admits(limiter, gold)).isTrue();
      assertThat(admits(limiter, gold)).isTrue();
      assertThat(admits(limiter, gold)).isTrue();
      assertThat(admits(limiter, gold)).isFalse();
    }
  }

  @Nested
  class Keys {

    private boolean areOne(Per per, HeldExchange one, HeldExchange other) {
      var limiter = limiter(per);
      admits(limiter, one);
      admits(limiter, one);
      return !admits(limiter, other);
    }

    @Test
    void areAddresses() {
      assertThat(areOne(
              Per.ADDRESS,
              new HeldExchange().from("192.0.2.1"),
              new HeldExchange().from("192.0.2.1")))
          .isTrue();
      assertThat(areOne(
              Per.ADDRESS,
              new HeldExchange().from("192.0.2.1"),
              new HeldExchange().from("192.0.2.2")))
          .isFalse();
    }

    @Test
    void areNetworksOfIpv6() {
      assertThat(areOne(
              Per.ADDRESS,
              new HeldExchange().from("2001:db8:1:2::1"),
              new HeldExchange().from("2001:db8:1:2:ffff::9")))
          .isTrue();
      assertThat(areOne(
              Per.ADDRESS,
              new HeldExchange().from("2001:db8:1:2::1"),
              new HeldExchange().from("2001:db8:1:3::1")))
          .isFalse();
    }

    @Test
    void areSubjectsWhateverTheAddress() {
      var one = new Caller.Subject("ada", Map.of());

      assertThat(areOne(
              Per.CALLER,
              new HeldExchange().calledBy(one).from("192.0.2.1"),
              new HeldExchange().calledBy(one).from("192.0.2.2")))
          .isTrue();
    }

    @Test
    void keepASubjectApartFromTheAddressThatItIsCalledLike() {
      assertThat(areOne(
              Per.CALLER,
              new HeldExchange().calledBy(new Caller.Subject("192.0.2.1", Map.of())),
              new HeldExchange().from("192.0.2.1")))
          .isFalse();
    }

    @Test
    void areBounded() {
      var limiter =
          new RateLimiter(new LimitOptions("few", Per.ADDRESS, TWO_A_MINUTE, Map.of(), 10), time);
      for (var i = 0; i < 10_000; i++) {
        admits(limiter, new HeldExchange().from("10.0." + i / 256 + "." + i % 256));
      }

      assertThat(limiter.keys()).isLessThanOrEqualTo(10);
    }
  }
}
