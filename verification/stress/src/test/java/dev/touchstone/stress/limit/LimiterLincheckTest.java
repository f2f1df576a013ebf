package dev.touchstone.stress.limit;

import dev.touchstone.concurrency.limit.ConcurrencyLimiter;
import dev.touchstone.concurrency.limit.Permit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Taking and giving back are linearizable: there is an order in which a counter agrees. Resizing is
 * not, as its documentation says: a call under way may still take a permit under the old limit.
 */
class LimiterLincheckTest {

  /** The operations under test. */
  public static class Concurrent {

    private final ConcurrencyLimiter limiter = ConcurrencyLimiter.of(3);
    private final Permit one = limiter.tryAcquire().orElseThrow();
    private final Permit other = limiter.tryAcquire().orElseThrow();

    @Operation
    public boolean tryAcquire() {
      return limiter.tryAcquire().isPresent();
    }

    @Operation(runOnce = true) // the second of two calls may return before the first has its effect
    public void giveBackOne() {
      one.success();
    }

    @Operation(runOnce = true)
    public void giveBackOther() {
      other.close();
    }

    @Operation
    public int inFlight() {
      return limiter.inFlight();
    }
  }

  /** The answers of a counter. */
  public static class Sequential {

    private static final int PERMITS = 3;

    private int taken = 2;

    public boolean tryAcquire() {
      if (taken >= PERMITS) {
        return false;
      }
      taken++;
      return true;
    }

    public void giveBackOne() {
      taken--;
    }

    public void giveBackOther() {
      taken--;
    }

    public int inFlight() {
      return taken;
    }
  }

  @Test
  @Timeout(300)
  void isLinearizableUnderModelChecking() {
    new ModelCheckingOptions()
        .iterations(Boolean.getBoolean("touchstone.stress") ? 100 : 10)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Sequential.class)
        .check(Concurrent.class);
  }

  @Test
  @Timeout(300)
  void isLinearizableUnderStress() {
    new StressOptions()
        .iterations(Boolean.getBoolean("touchstone.stress") ? 100 : 10)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Sequential.class)
        .check(Concurrent.class);
  }
}
