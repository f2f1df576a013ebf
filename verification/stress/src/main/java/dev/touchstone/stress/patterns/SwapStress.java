package dev.touchstone.stress.patterns;

import dev.touchstone.patterns.strategy.Switchable;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Of three values, two of which replace the first at the same time, one stays and two are closed. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The first and one of the others.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was closed twice, or lost without being closed.")
@State
public class SwapStress {

  private final AtomicInteger firstClosed = new AtomicInteger();
  private final AtomicInteger othersClosed = new AtomicInteger();
  private final Switchable<AutoCloseable> switchable = Switchable.of(firstClosed::incrementAndGet);

  @Actor
  public void swap() {
    switchable.swap(othersClosed::incrementAndGet);
  }

  @Actor
  public void swapAgain() {
    switchable.swap(othersClosed::incrementAndGet);
  }

  @Arbiter
  public void closed(II_Result result) {
    result.r1 = firstClosed.get();
    result.r2 = othersClosed.get();
  }
}
