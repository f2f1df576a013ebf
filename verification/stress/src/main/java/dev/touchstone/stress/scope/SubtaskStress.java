package dev.touchstone.stress.scope;

import dev.touchstone.concurrency.scope.FailedException;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.Subtask;
import dev.touchstone.concurrency.scope.TaskScope;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A subtask completes or is cancelled, not both, and has ended when the scope is closed. */
public final class SubtaskStress {

  private SubtaskStress() {}

  /** A failure cancels the scope while another subtask completes. */
  @JCStressTest
  @Outcome(id = "1, 7, 7", expect = Expect.ACCEPTABLE, desc = "Completed before the failure.")
  @Outcome(id = "0, 0, 7", expect = Expect.ACCEPTABLE, desc = "Cancelled; ended before close.")
  @Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Cancelled before it started.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Half a result, or a subtask after the close.")
  @State
  public static class CompleteAgainstCancel {

    private final CountDownLatch go = new CountDownLatch(1);
    private int written;

    @Actor
    public void owner(III_Result result) {
      Subtask<int[]> subtask = null;
      try (var scope = TaskScope.open(Joiner.<int[]>allSuccessfulOrThrow())) {
        subtask = scope.fork(() -> {
          go.await();
          written = 7;
          return new int[] {7};
        });
        scope.fork(() -> {
          go.await();
          throw new IllegalStateException("cancels the scope");
        });
        scope.join();
        return;
      } catch (FailedException | InterruptedException expected) {
        // the outcome is in the state of the subtask
      }
      result.r1 = subtask.state() == Subtask.State.SUCCESS ? 1 : 0;
      result.r2 = result.r1 == 1 ? subtask.get()[0] : 0;
      result.r3 = written; // plain: the close is after the subtask
    }

    @Actor
    public void starter() {
      go.countDown();
    }
  }
}
