package dev.touchstone.stress.executor;

import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.Task;
import dev.touchstone.concurrency.executor.TaskRejectedException;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A task is accepted and has an end, or is rejected and leaves no trace. */
public final class AdmissionStress {

  private AdmissionStress() {}

  private static ManagedExecutor newExecutor() {
    return ManagedExecutor.virtual("stress").concurrency(1).queue(1).build();
  }

  /** A task that was accepted before the shutdown runs; one that was not does not. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Accepted, and run.")
  @Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "Rejected, and not run.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Lost, run though rejected, or never terminated.")
  @State
  public static class SubmitAgainstShutdown {

    private final ManagedExecutor executor = newExecutor();
    private volatile int runs;

    @Actor
    public void submitter(III_Result result) {
      try {
        executor.execute(() -> runs = 1);
        result.r1 = 1;
      } catch (TaskRejectedException closed) {
        result.r1 = 0;
      }
    }

    @Actor
    public void closer() {
      executor.close();
    }

    @Arbiter
    public void end(III_Result result) {
      result.r2 = executor.isTerminated() ? 1 : 0;
      result.r3 = runs;
    }
  }

  /** A task that was accepted before a drain without grace has run, was interrupted or is listed. */
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Accepted, and run.")
  @Outcome(id = "1, 2, 1", expect = Expect.ACCEPTABLE, desc = "Accepted, and reported unstarted.")
  @Outcome(
      id = "1, 3, 1",
      expect = Expect.ACCEPTABLE,
      desc = "Accepted, run, and cancelled at its end.")
  @Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "Rejected, and not run.")
  @Outcome(
      expect = Expect.FORBIDDEN,
      desc = "Lost, run though reported unstarted, or not terminated.")
  @State
  public static class SubmitAgainstDrain {

    private final ManagedExecutor executor = newExecutor();
    private volatile int runs;
    private int unstarted;
    private int cancelled;

    @Actor
    public void submitter(III_Result result) {
      try {
        executor.execute(() -> runs++);
        result.r1 = 1;
      } catch (TaskRejectedException closed) {
        result.r1 = 0;
      }
    }

    @Actor
    public void drainer() {
      var report = executor.drain(Duration.ZERO);
      unstarted = report.neverStarted().size();
      cancelled = report.cancelled();
    }

    @Arbiter
    public void end(III_Result result) {
      result.r2 = cancelled == 1 && runs == 1 ? 3 : runs + 2 * unstarted + 4 * cancelled;
      result.r3 = executor.isTerminated() ? 1 : 0;
    }
  }

  /** A task that meets a worker which is about to go is run, by it or by another. */
  @JCStressTest
  @Outcome(id = "7, 8", expect = Expect.ACCEPTABLE, desc = "Both ran.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One was not run.")
  @State
  public static class SubmitAgainstIdle {

    private final ManagedExecutor executor = newExecutor();
    private final Task<Integer> first = executor.submit(() -> 7);

    @Actor
    public void submitter(II_Result result) {
      result.r1 = first.join(); // its worker has nothing to do now
      result.r2 = executor.submit(() -> 8).join();
    }

    @Actor
    public void other() {
      executor.resize(1);
    }

    @Arbiter
    public void end() {
      executor.close();
    }
  }
}
