package dev.touchstone.stress.apiclient;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.RejectedException;
import dev.touchstone.apiclient.ratelimit.RateLimitReader;
import dev.touchstone.apiclient.retry.RetryPolicy;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Three calls when the server has said that two are left: the third is kept at home, although the
 * answers to the others still tell of two.
 */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "What was left was used, and no more.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The quota was exceeded, or not used.")
@State
public class QuotaStress {

  private final AtomicInteger sent = new AtomicInteger();
  private final ApiClient client = ApiClient.builder("https://api.test")
      .transport(new ScriptedTransport(request -> {
        sent.incrementAndGet();
        return ScriptedTransport.json(request, 200, "1")
            .newBuilder()
            .header("RateLimit", "a;r=2;t=900")
            .build();
      }))
      .rateLimits(RateLimitReader.ietf())
      .retry(RetryPolicy.builder().longestRetryAfter(Duration.ofSeconds(1)).build())
      .time(new VirtualTime())
      .build();

  /** Lets the client learn what is left. */
  public QuotaStress() {
    call();
    sent.set(0);
  }

  private void call() {
    try {
      client.send(ApiRequest.get("a").discard());
    } catch (RejectedException keptAtHome) {
      // That is what this is about.
    }
  }

  @Actor
  public void first() {
    call();
  }

  @Actor
  public void second() {
    call();
  }

  @Actor
  public void third() {
    call();
  }

  @Arbiter
  public void count(I_Result result) {
    result.r1 = sent.get();
  }
}
