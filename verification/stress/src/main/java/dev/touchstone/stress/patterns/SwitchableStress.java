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

/** A value that is replaced while it is used is closed once, and never under its user. */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Open for its user, closed once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Closed while in use, twice, or never.")
@State
public class SwitchableStress {

  private final Service first = new Service();
  private final Switchable<Service> switchable = Switchable.of(first);

  private static final class Service implements AutoCloseable {

    private final AtomicInteger closed = new AtomicInteger();

    private int closed() {
      return closed.get();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Actor
  public void use(II_Result result) {
    try (var lease = switchable.lease()) {
      result.r1 = lease.value().closed();
    }
  }

  @Actor
  public void swap() {
    switchable.swap(new Service());
  }

  @Arbiter
  public void closedOnce(II_Result result) {
    result.r2 = first.closed();
  }
}
