package dev.touchstone.benchmarks.executor;

import com.netflix.concurrency.limits.executors.BlockingAdaptiveExecutor;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.BlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** The executors that are compared. All have room for a batch, so that none rejects a task. */
public enum Peer {
  MANAGED_VIRTUAL {
    @Override
    Executor open() {
      return ManagedExecutor.virtual("peer").concurrency(LIMIT).queue(ROOM).build();
    }
  },
  THREAD_PER_TASK {
    @Override
    Executor open() {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  },
  THREAD_PER_TASK_WITH_SEMAPHORE {
    @Override
    Executor open() {
      return new Limited(Executors.newVirtualThreadPerTaskExecutor(), new Semaphore(LIMIT));
    }
  },
  SPRING_SIMPLE_ASYNC {
    @Override
    Executor open() {
      var executor = new SimpleAsyncTaskExecutor("peer-");
      executor.setVirtualThreads(true);
      executor.setConcurrencyLimit(LIMIT);
      return executor;
    }
  },
  NETFLIX_BLOCKING_ADAPTIVE {
    @Override
    Executor open() {
      return BlockingAdaptiveExecutor.newBuilder()
          .limiter(BlockingLimiter.wrap(
              SimpleLimiter.newBuilder().limit(FixedLimit.of(LIMIT)).build()))
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();
    }
  },
  MANAGED_PLATFORM {
    @Override
    Executor open() {
      return ManagedExecutor.platform("peer").concurrency(THREADS).queue(ROOM).build();
    }
  },
  POOL_WITH_ARRAY_QUEUE {
    @Override
    Executor open() {
      return pool(new ArrayBlockingQueue<>(ROOM));
    }
  },
  POOL_WITH_LINKED_QUEUE {
    @Override
    Executor open() {
      return pool(new LinkedBlockingQueue<>(ROOM));
    }
  },
  SPRING_THREAD_POOL {
    @Override
    Executor open() {
      var executor = new ThreadPoolTaskExecutor();
      executor.setCorePoolSize(THREADS);
      executor.setMaxPoolSize(THREADS);
      executor.setQueueCapacity(ROOM);
      executor.initialize();
      return executor;
    }
  };

  private static final int LIMIT = 64;
  private static final int THREADS = 2;
  private static final int ROOM = 20_000;

  abstract Executor open();

  private static ExecutorService pool(BlockingQueue<Runnable> queue) {
    return new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, queue);
  }

  static void close(Executor executor) throws Exception {
    if (executor instanceof AutoCloseable closeable) {
      closeable.close();
    } else if (executor instanceof ThreadPoolTaskExecutor spring) {
      spring.shutdown();
    }
  }

  /** What people write to bound a thread per task: the submitter waits for a permit. */
  private record Limited(ExecutorService threads, Semaphore permits)
      implements Executor, AutoCloseable {

    @Override
    public void execute(Runnable task) {
      permits.acquireUninterruptibly();
      threads.execute(() -> {
        try {
          task.run();
        } finally {
          permits.release();
        }
      });
    }

    @Override
    public void close() {
      threads.close();
    }
  }
}
