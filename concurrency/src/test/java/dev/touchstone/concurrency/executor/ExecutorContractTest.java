package dev.touchstone.concurrency.executor;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Nested;

/** Runs the contract for the executors of this module, and for those of the JDK. */
class ExecutorContractTest {

  @Nested
  class OnVirtualThreads extends ExecutorContract {

    @Override
    ExecutorService create() {
      return ManagedExecutor.virtual("contract")
          .concurrency(2)
          .grace(Duration.ofMinutes(1))
          .build();
    }
  }

  @Nested
  class OnPlatformThreads extends ExecutorContract {

    @Override
    ExecutorService create() {
      return ManagedExecutor.platform("contract").concurrency(2).build();
    }
  }

  @Nested
  class WithCallerRuns extends ExecutorContract {

    @Override
    ExecutorService create() {
      return ManagedExecutor.virtual("contract")
          .concurrency(64)
          .queue(0)
          .saturation(Saturation.CALLER_RUNS)
          .build();
    }
  }

  @Nested
  class WithEveryOption extends ExecutorContract {

    @Override
    ExecutorService create() {
      return ManagedExecutor.virtual("contract")
          .concurrency(2)
          .priority(Object::hashCode)
          .queueTimeout(Duration.ofMinutes(1))
          .runTimeout(Duration.ofMinutes(1))
          .listener(event -> {})
          .build();
    }
  }

  @Nested
  class OfAScheduledPoolOfTheJdk extends ExecutorContract {

    @Override
    ExecutorService create() {
      return Executors.newScheduledThreadPool(2);
    }

    /**
     * On JDK 25 a task that comes in while the last worker leaves is cancelled without a word, and
     * {@code execute} returns as if it had been accepted: 484 of 10,000 pools on a busy machine.
     */
    @Override
    boolean runsWhatItAccepts() {
      return false;
    }
  }

  @Nested
  class OfAFixedPoolOfTheJdk extends ExecutorContract {

    @Override
    ExecutorService create() {
      return Executors.newFixedThreadPool(2);
    }
  }

  @Nested
  class OfThreadsPerTaskOfTheJdk extends ExecutorContract {

    @Override
    ExecutorService create() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  }

  @Nested
  class OfAForkJoinPool extends ExecutorContract {

    @Override
    ExecutorService create() {
      return new ForkJoinPool(2);
    }

    /**
     * On JDK 25 about one in 4,000 pools that is shut down while another thread submits runs all its
     * tasks and yet stays in the state "Shutting down" until {@code shutdownNow}.
     */
    @Override
    boolean terminatesUnderFire() {
      return false;
    }
  }
}
