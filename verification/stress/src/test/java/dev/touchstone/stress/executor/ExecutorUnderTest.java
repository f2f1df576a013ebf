package dev.touchstone.stress.executor;

import com.netflix.concurrency.limits.executors.BlockingAdaptiveExecutor;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limiter.BlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.Saturation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.paimon.utils.SemaphoredDelegatingExecutor;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** An executor that runs a limited number of tasks at once, as its users build it. */
abstract class ExecutorUnderTest implements AutoCloseable {

  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int ROOM = 10_000;

  final AtomicInteger threads = new AtomicInteger();

  /** Makes an executor for each limit. */
  @FunctionalInterface
  interface Maker {

    ExecutorUnderTest open(int limit);
  }

  /** The executors by name; ours is first. */
  static Map<String, Maker> all() {
    var all = new LinkedHashMap<String, Maker>();
    all.put("Touchstone", Touchstone::new);
    all.put("`ThreadPoolExecutor`", Pool::new);
    all.put("thread per task, `Semaphore`", WithSemaphore::new);
    all.put("Spring `SimpleAsyncTaskExecutor`", SpringSimple::new);
    all.put("Spring `ThreadPoolTaskExecutor`", SpringPool::new);
    all.put("Netflix `BlockingAdaptiveExecutor`", Netflix::new);
    all.put("Jetty `VirtualThreadPool`", Jetty::new);
    all.put("Paimon `SemaphoredDelegatingExecutor`", Paimon::new);
    return all;
  }

  abstract void execute(Runnable task);

  /** Gives work to the executor as a future that the caller can cancel. */
  Future<?> submit(Runnable work) {
    var task = new FutureTask<>(work, null);
    execute(task);
    return task;
  }

  /** Stops at once, if there is a way to. */
  abstract void stop() throws Exception;

  /** Ends as the application would: lets tasks run for the grace, if there is a way to say so. */
  @Override
  public abstract void close();

  /** Returns an executor with one place that discards what is too much; null if there is none. */
  ExecutorUnderTest discarding() {
    return null;
  }

  int threadsStarted() {
    return threads.get();
  }

  ThreadFactory virtualThreads() {
    var factory = Thread.ofVirtual().factory();
    return work -> {
      threads.incrementAndGet();
      return factory.newThread(work);
    };
  }

  /** An executor that is an {@code ExecutorService}. */
  private abstract static class OfTheJdk extends ExecutorUnderTest {

    abstract ExecutorService service();

    @Override
    void execute(Runnable task) {
      service().execute(task);
    }

    @Override
    Future<?> submit(Runnable work) {
      return service().submit(work);
    }

    @Override
    void stop() {
      service().shutdownNow();
    }

    @Override
    public void close() {
      service().close();
    }
  }

  private static final class Touchstone extends OfTheJdk {

    private final ManagedExecutor executor;

    Touchstone(int limit) {
      executor = ManagedExecutor.virtual("touchstone")
          .concurrency(limit)
          .queue(ROOM)
          .grace(GRACE)
          .threadFactory(virtualThreads())
          .failureListener((name, failure) -> {})
          .build();
    }

    private Touchstone(ManagedExecutor executor) {
      this.executor = executor;
    }

    @Override
    ExecutorService service() {
      return executor;
    }

    @Override
    ExecutorUnderTest discarding() {
      return new Touchstone(ManagedExecutor.virtual("discarding")
          .concurrency(1)
          .queue(0)
          .saturation(Saturation.DISCARD_NEWEST)
          .build());
    }
  }

  private static final class Pool extends OfTheJdk {

    private final ThreadPoolExecutor executor;

    Pool(int limit) {
      executor = new ThreadPoolExecutor(
          limit, limit, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(ROOM), virtualThreads());
    }

    private Pool(ThreadPoolExecutor executor) {
      this.executor = executor;
    }

    @Override
    ExecutorService service() {
      return executor;
    }

    @Override
    ExecutorUnderTest discarding() {
      return new Pool(new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          virtualThreads(),
          new DiscardPolicy()));
    }
  }

  /** What people write by hand: a permit is taken before the task is handed to a thread. */
  private static final class WithSemaphore extends ExecutorUnderTest {

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(virtualThreads());
    private final Semaphore permits;

    WithSemaphore(int limit) {
      permits = new Semaphore(limit);
    }

    @Override
    void execute(Runnable task) {
      try {
        permits.acquire();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new RejectedExecutionException(interrupted);
      }
      executor.execute(() -> {
        try {
          task.run();
        } finally {
          permits.release();
        }
      });
    }

    @Override
    void stop() {
      executor.shutdownNow();
    }

    @Override
    public void close() {
      executor.close();
    }
  }

  private static final class SpringSimple extends ExecutorUnderTest {

    private final SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("spring-");

    SpringSimple(int limit) {
      executor.setThreadFactory(virtualThreads());
      executor.setConcurrencyLimit(limit);
      executor.setTaskTerminationTimeout(GRACE.toMillis());
    }

    @Override
    void execute(Runnable task) {
      executor.execute(task);
    }

    @Override
    Future<?> submit(Runnable work) {
      return executor.submit(work);
    }

    @Override
    void stop() {
      executor.setCancelRemainingTasksOnClose(true);
      executor.close();
    }

    @Override
    public void close() {
      executor.close();
    }
  }

  private static final class SpringPool extends ExecutorUnderTest {

    private final ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();

    SpringPool(int limit) {
      executor.setThreadFactory(virtualThreads());
      executor.setCorePoolSize(limit);
      executor.setMaxPoolSize(limit);
      executor.setQueueCapacity(ROOM);
      executor.setWaitForTasksToCompleteOnShutdown(true);
      executor.setAwaitTerminationMillis(GRACE.toMillis());
      executor.initialize();
    }

    private SpringPool() {
      executor.setCorePoolSize(1);
      executor.setMaxPoolSize(1);
      executor.setQueueCapacity(0);
      executor.setRejectedExecutionHandler(new DiscardPolicy());
      executor.initialize();
    }

    @Override
    void execute(Runnable task) {
      executor.execute(task);
    }

    @Override
    Future<?> submit(Runnable work) {
      return executor.submit(work);
    }

    @Override
    void stop() {
      executor.setWaitForTasksToCompleteOnShutdown(false);
      executor.shutdown();
    }

    @Override
    public void close() {
      executor.shutdown();
    }

    @Override
    ExecutorUnderTest discarding() {
      return new SpringPool();
    }
  }

  private static final class Netflix extends ExecutorUnderTest {

    private final ExecutorService threadPerTask =
        Executors.newThreadPerTaskExecutor(virtualThreads());
    private final Executor executor;

    Netflix(int limit) {
      executor = BlockingAdaptiveExecutor.newBuilder()
          .limiter(BlockingLimiter.wrap(
              SimpleLimiter.newBuilder().limit(FixedLimit.of(limit)).build()))
          .executor(threadPerTask)
          .build();
    }

    @Override
    void execute(Runnable task) {
      executor.execute(task);
    }

    @Override
    void stop() {
      threadPerTask.shutdownNow();
    }

    @Override
    public void close() {
      threadPerTask.close();
    }
  }

  /** Over a pool that is shared by several and larger than the limit, as Paimon uses it. */
  private static final class Paimon extends OfTheJdk {

    private final ExecutorService executor;

    Paimon(int limit) {
      executor = new SemaphoredDelegatingExecutor(
          Executors.newThreadPerTaskExecutor(virtualThreads()), limit, true);
    }

    @Override
    ExecutorService service() {
      return executor;
    }
  }

  private static final class Jetty extends ExecutorUnderTest {

    private final VirtualThreadPool executor;

    Jetty(int limit) {
      executor = new VirtualThreadPool(limit);
      executor.setTracking(true);
      try {
        executor.start();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    void execute(Runnable task) {
      executor.execute(task);
    }

    @Override
    int threadsStarted() {
      return executor.getThreads();
    }

    @Override
    void stop() throws Exception {
      executor.stop();
    }

    @Override
    public void close() {
      try {
        executor.stop();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
