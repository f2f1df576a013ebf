package dev.touchstone.stress.executor;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.Task;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task ends in one way, and what it wrote is seen by those who see its result. */
public final class CompletionStress {

  private CompletionStress() {}

  private static ManagedExecutor newExecutor() {
    return ManagedExecutor.virtual("stress").concurrency(1).queue(1).build();
  }

  /** The cancellation succeeds if and only if the result is cancelled. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Cancelled, before or in the work.")
  @Outcome(id = "0, 7", expect = Expect.ACCEPTABLE, desc = "Completed with what the work wrote.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Both, neither, or a half-written result.")
  @State
  public static class CompleteAgainstCancel {

    private final ManagedExecutor executor = newExecutor();
    private final int[] written = new int[1];
    private final Task<int[]> task = executor.submit(() -> {
      written[0] = 7;
      return written;
    });

    @Actor
    public void canceller(II_Result result) {
      result.r1 = task.cancel(true) ? 1 : 0;
    }

    @Actor
    public void reader(II_Result result) {
      try {
        result.r2 = task.join()[0];
      } catch (CancellationException cancelled) {
        result.r2 = 0;
      }
    }
  }
}
