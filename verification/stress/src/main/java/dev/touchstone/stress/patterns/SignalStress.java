package dev.touchstone.stress.patterns;

import dev.touchstone.patterns.observe.EventBus;
import dev.touchstone.patterns.observe.Signal;
import dev.touchstone.patterns.observe.Subscription;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What the end of a subscription means when another thread is announcing events. */
public final class SignalStress {

  private SignalStress() {}

  /** After a close, the closing thread reaches the listener no more, whatever others do. */
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1"},
      expect = Expect.ACCEPTABLE,
      desc = "Called by the other, or not.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The closing thread called a closed listener.")
  @State
  public static class Removal {

    private final Signal<Thread> signal = Signal.create();
    private final AtomicInteger byCloser = new AtomicInteger();
    private final AtomicInteger byOther = new AtomicInteger();
    private volatile Thread closer;
    private final Subscription subscription = signal.subscribe(from -> {
      if (Thread.currentThread() == closer) {
        byCloser.incrementAndGet();
      } else {
        byOther.incrementAndGet();
      }
    });

    @Actor
    public void closeAndEmit() {
      closer = Thread.currentThread();
      subscription.close();
      signal.emit(closer);
    }

    @Actor
    public void emit() {
      signal.emit(Thread.currentThread());
    }

    @Arbiter
    public void result(II_Result result) {
      result.r1 = byCloser.get();
      result.r2 = byOther.get();
    }
  }

  /** Two threads that subscribe and two that close at the same time lose no change. */
  @JCStressTest
  @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "The new ones are in, the old ones out.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A change was lost.")
  @State
  public static class Churn {

    private final Signal<String> signal = Signal.create();
    private final AtomicInteger fresh = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Subscription one = signal.subscribe(event -> closed.incrementAndGet());
    private final Subscription other = signal.subscribe(event -> closed.incrementAndGet());

    @Actor
    public void changeOne() {
      signal.subscribe(event -> fresh.incrementAndGet());
      one.close();
    }

    @Actor
    public void changeOther() {
      other.close();
      signal.subscribe(event -> fresh.incrementAndGet());
    }

    @Arbiter
    public void result(II_Result result) {
      signal.emit("event");
      result.r1 = fresh.get();
      result.r2 = closed.get();
    }
  }

  /** Once {@code closeAndAwait} has returned, no call is under way, so a resource may be closed. */
  @JCStressTest
  @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Never used after it was closed.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A call met a closed resource, or was not awaited.")
  @State
  public static class Tracked {

    private final EventBus<Object> bus = EventBus.of(Object.class).build();
    private volatile boolean open = true;
    private volatile boolean alwaysOpen = true;
    private final Subscription subscription = bus.on(Object.class).tracked().handle(event -> {
      if (!open) {
        alwaysOpen = false;
      }
    });

    @Actor
    public void post() {
      bus.post("event");
    }

    @Actor
    public void closeResource(ZZ_Result result) {
      try {
        result.r1 = subscription.closeAndAwait(Duration.ofMinutes(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      open = false;
    }

    @Arbiter
    public void result(ZZ_Result result) {
      result.r2 = alwaysOpen;
    }
  }
}
