package dev.touchstone.stress.limit;

import dev.touchstone.concurrency.limit.ConcurrencyLimiter;
import dev.touchstone.concurrency.limit.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A permit is given back once, reaches whoever waits for it, and carries what was written. */
public final class PermitStress {

  private PermitStress() {}

  private static Permit take(ConcurrencyLimiter limiter) {
    return limiter.tryAcquire().orElseThrow();
  }

  /** Two threads give the same permit back. */
  @JCStressTest
  @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Given back once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Given back twice, or not at all.")
  @State
  public static class GiveBackTwice {

    private final ConcurrencyLimiter limiter = ConcurrencyLimiter.of(2);
    private final Permit permit = take(limiter);

    @Actor
    public void one() {
      permit.success();
    }

    @Actor
    public void other() {
      permit.close();
    }

    @Arbiter
    public void count(I_Result result) {
      result.r1 = limiter.inFlight();
    }
  }

  /** What is written before a permit is given back is seen by its next holder. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Came too early for the permit.")
  @Outcome(id = "1, 7", expect = Expect.ACCEPTABLE, desc = "Got the permit and what was written.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Got the permit, but not what was written.")
  @State
  public static class Publication {

    private final ConcurrencyLimiter limiter = ConcurrencyLimiter.of(1);
    private final Permit permit = take(limiter);
    private int written;

    @Actor
    public void holder() {
      written = 7;
      permit.close();
    }

    @Actor
    public void next(II_Result result) {
      limiter.tryAcquire().ifPresent(got -> {
        result.r1 = 1;
        result.r2 = written;
      });
    }
  }

  /** The Dekker check: a thread that begins to wait while the permit is given back is called. */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "The waiter got the permit.")
  @Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "A wake-up was lost.")
  @State
  public static class WakeUp {

    private final ConcurrencyLimiter limiter = ConcurrencyLimiter.of(1);
    private final Permit permit = take(limiter);

    @Actor
    public void waiter() throws InterruptedException {
      limiter.acquire().close();
    }

    @Signal
    public void holder() {
      permit.close();
    }
  }
}
