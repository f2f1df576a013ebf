package dev.touchstone.stress.pipeline;

import dev.touchstone.concurrency.pipeline.Pipeline;
import dev.touchstone.concurrency.pipeline.PipelineRun;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A run ends in one way for all who wait for it, and each element in one way, whenever it is cancelled. */
public final class EndStress {

  private EndStress() {}

  /** An ordered stage with two threads, whose buffers are swept after the last thread has left. */
  @JCStressTest
  @Outcome(id = "1, 1, 3", expect = Expect.ACCEPTABLE, desc = "Completed.")
  @Outcome(id = "0, 0, 3", expect = Expect.ACCEPTABLE, desc = "Cancelled.")
  @Outcome(
      expect = Expect.FORBIDDEN,
      desc = "Two ends, or an element that was lost or counted twice.")
  @State
  public static class CancelAgainstEnd {

    private final AtomicInteger ended = new AtomicInteger();
    private final PipelineRun<?> run = Pipeline.from(List.of(1, 2, 3))
        .map("same", element -> element)
        .parallel(2)
        .to("count", element -> ended.incrementAndGet())
        .onUndelivered((stage, element) -> ended.incrementAndGet())
        .start(Thread::startVirtualThread);

    @Actor
    public void canceller() {
      run.cancel();
    }

    @Actor
    public void waiter(III_Result result) {
      result.r1 = completes();
    }

    /** Elements that the source has not given are counted as ended. */
    @Arbiter
    public void end(III_Result result) {
      result.r2 = completes();
      result.r3 = ended.get() + 3 - (int) run.stages().getFirst().in();
    }

    private int completes() {
      try {
        run.await();
        return 1;
      } catch (CancellationException cancelled) {
        return 0;
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** The stop comes before an element, after it, or between the look for it and the answer. */
  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Stopped before the first element.")
  @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "Stopped later.")
  @Outcome(
      expect = Expect.FORBIDDEN,
      desc = "Not completed, or an element was interrupted or lost.")
  @State
  public static class StopAgainstSource {

    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final PipelineRun<List<Integer>> run = Pipeline.generate(this::look)
        .map("look", element -> {
          if (Thread.currentThread().isInterrupted()) {
            interrupted.incrementAndGet();
          }
          return element;
        })
        .buffer(2)
        .toList()
        .start(Thread::startVirtualThread);

    private Integer look() throws InterruptedException {
      if (looks.incrementAndGet() > 2) {
        never.await();
      }
      return 1;
    }

    @Actor
    public void stopper() {
      run.stop();
    }

    @Actor
    public void waiter(III_Result result) {
      try {
        result.r1 = run.await().size() == run.stages().getFirst().in() ? 1 : 0;
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Arbiter
    public void end(III_Result result) {
      result.r2 = (int) Math.min(1, run.stages().getFirst().in());
      result.r3 = interrupted.get();
    }
  }
}
