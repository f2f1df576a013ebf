package dev.touchstone.documentation.migration;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.concurrency.executor.DrainReport;
import dev.touchstone.concurrency.executor.ManagedExecutor;
import dev.touchstone.concurrency.executor.Saturation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples of docs/migration/from-thread-pool-executor.md. */
class ThreadPoolExecutorSnippetsTest {

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

  private String render(String page) {
    done.add(page);
    return page;
  }

  @Test
  void poolBefore() throws Exception {
    // @start region="before-pool"
    var number = new AtomicInteger();
    var pool = new ThreadPoolExecutor(
        8,
        8,
        0,
        SECONDS,
        new ArrayBlockingQueue<>(500),
        work -> new Thread(work, "render-" + number.incrementAndGet()),
        new ThreadPoolExecutor.CallerRunsPolicy());

    var page = pool.submit(() -> render("a"));
    // @end
    assertThat(page.get()).isEqualTo("a");
    shutdownBefore(pool);
  }

  @Test
  void poolAfter() throws Exception {
    // @start region="after-pool"
    var pool = ManagedExecutor.platform("render")
        .concurrency(8)
        .queue(500)
        .saturation(Saturation.CALLER_RUNS)
        .build();

    var page = pool.submit(() -> render("a"));
    // @end
    assertThat(page.get()).isEqualTo("a");
    assertThat(shutdownAfter(pool).isClean()).isTrue();
  }

  private void shutdownBefore(ExecutorService pool) {
    // @start region="before-shutdown"
    pool.shutdown();
    try {
      if (!pool.awaitTermination(20, SECONDS)) {
        var neverStarted = pool.shutdownNow(); // their futures never complete
        problems.add(neverStarted.size() + " tasks never started");
        if (!pool.awaitTermination(5, SECONDS)) {
          problems.add("some tasks do not end, and nobody knows which");
        }
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
    // @end
  }

  private DrainReport shutdownAfter(ManagedExecutor pool) {
    // @start region="after-shutdown"
    DrainReport report = pool.drain(Duration.ofSeconds(20));
    if (!report.isClean()) {
      problems.add(report.neverStarted().size() + " tasks never started");
      report.stuck().forEach(task -> problems.add(task.name() + " is at " + task.stack()));
    }
    // @end
    return report;
  }

  @Test
  void failuresBefore() throws Exception {
    // @start region="before-failures"
    var pool = new ThreadPoolExecutor(4, 4, 0, SECONDS, new ArrayBlockingQueue<>(100)) {
      @Override
      protected void afterExecute(Runnable task, @Nullable Throwable failure) {
        if (failure != null) { // of execute; what submit throws stays in its future
          problems.add(failure.getMessage());
        }
      }
    };
    // @end
    pool.execute(() -> {
      throw new IllegalStateException("no paper");
    });
    shutdownBefore(pool);
    assertThat(problems).containsExactly("no paper");
  }

  @Test
  void failuresAfter() {
    // @start region="after-failures"
    var pool = ManagedExecutor.platform("print")
        .concurrency(4)
        .queue(100)
        .failureListener((executor, failure) -> problems.add(failure.getMessage()))
        .build();
    // @end
    pool.execute(() -> {
      throw new IllegalStateException("no paper");
    });
    pool.close();
    assertThat(problems).containsExactly("no paper");
  }

  @Test
  void repeatedBefore() throws Exception {
    var looked = new CountDownLatch(1);
    Runnable lookForMail = () -> {
      looked.countDown();
      done.add("mail");
      throw new IllegalStateException("server is down");
    };
    // @start region="before-repeated"
    var timer = Executors.newScheduledThreadPool(1);
    var mail = timer.scheduleWithFixedDelay(
        lookForMail, 10, 10, SECONDS); // the first exception ends it, and is in this future only
    // @end
    mail.cancel(false);
    var first = timer.schedule(lookForMail, 0, SECONDS);
    await().until(first::isDone);
    timer.shutdown();
    assertThat(looked.getCount()).isZero();
  }

  @Test
  void repeatedAfter() throws Exception {
    var looked = new CountDownLatch(2);
    Runnable lookForMail = () -> {
      looked.countDown();
      throw new IllegalStateException("server is down");
    };
    var tenSeconds = Duration.ofMillis(10);
    // @start region="after-repeated"
    var background = ManagedExecutor.virtual("background").build();
    var mail = background.every(tenSeconds).start(lookForMail); // goes on after an exception
    // @end
    looked.await();
    // Each failure is also reported as uncaught, which Awaitility would take for its own.
    await().dontCatchUncaughtExceptions().until(() -> mail.lastFailure().isPresent());
    mail.close();
    background.close();
  }
}
