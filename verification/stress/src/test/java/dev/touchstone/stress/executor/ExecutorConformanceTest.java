package dev.touchstone.stress.executor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Asks several executors the questions that bugs of others have taught us to ask, and keeps the
 * table of their answers in the documentation true. With {@code
 * -Dtest.argLine=-Dtouchstone.update=true} it writes the table.
 */
class ExecutorConformanceTest {

  private static final Path PAGE = Path.of("../../docs/benchmarks/executors.md");
  private static final String BEGIN = "<!-- table -->\n";
  private static final String END = "<!-- end of table -->";

  /** How long something may take on a busy machine that takes no time at all, or for ever. */
  private static final int PATIENCE = 10;

  /** How long a thread that waits has to wait to be taken for one that waits for a place. */
  private static final Duration MOMENT = Duration.ofMillis(200);

  /** Answers with yes or no, or with "-" where the question makes no sense. */
  @FunctionalInterface
  private interface Question {

    String ask(ExecutorUnderTest.Maker maker) throws Exception;
  }

  private static final Map<String, Question> QUESTIONS = new LinkedHashMap<>();

  static {
    QUESTIONS.put("starts no more threads than its limit", maker -> {
      var gate = new CountDownLatch(1);
      try (var executor = maker.open(20)) {
        var submitter = Thread.startVirtualThread(() -> {
          for (int i = 0; i < 1_000; i++) {
            executor.execute(() -> awaitQuietly(gate));
          }
        });
        awaitEndOrWait(submitter);
        var deadline = System.nanoTime() + SECONDS.toNanos(2);
        while (executor.threadsStarted() <= 20 && System.nanoTime() < deadline) {
          LockSupport.parkNanos(1_000_000); // a thread that was made may not have started yet
        }
        var started = executor.threadsStarted();
        gate.countDown();
        submitter.join();
        return yesIf(started <= 20);
      }
    });
    QUESTIONS.put(
        "has its place back after an `Error`",
        maker -> hasItsPlaceBack(maker, executor -> {
          executor.execute(() -> {
            throw new AssertionError("expected");
          });
        }));
    QUESTIONS.put(
        "has its place back after the cancellation of a task that waits",
        maker -> hasItsPlaceBack(maker, executor -> {
          var gate = new CountDownLatch(1);
          executor.execute(() -> awaitQuietly(gate));
          var waiting = new ArrayList<Future<?>>();
          var submitter = Thread.startVirtualThread(() -> waiting.add(executor.submit(() -> {})));
          awaitEndOrWait(submitter);
          waiting.forEach(task -> task.cancel(true));
          gate.countDown();
          submitter.join();
        }));
    QUESTIONS.put(
        "has its place back after the interruption of a submitter",
        maker -> hasItsPlaceBack(maker, executor -> {
          var gate = new CountDownLatch(1);
          executor.execute(() -> awaitQuietly(gate));
          var submitter = Thread.startVirtualThread(() -> tryToExecute(executor, () -> {}));
          awaitEndOrWait(submitter);
          submitter.interrupt();
          gate.countDown();
          submitter.join();
        }));
    QUESTIONS.put("runs no more than its limit when a submitter is interrupted", maker -> {
      var gate = new CountDownLatch(1);
      var both = new CountDownLatch(2);
      Runnable task = () -> {
        both.countDown();
        awaitQuietly(gate);
      };
      try (var executor = maker.open(1)) {
        executor.execute(task);
        var submitter = Thread.startVirtualThread(() -> tryToExecute(executor, task));
        awaitEndOrWait(submitter);
        submitter.interrupt();
        submitter.join();
        var exceeded = both.await(1, SECONDS);
        gate.countDown();
        return yesIf(!exceeded);
      }
    });
    QUESTIONS.put("accepts the task of an interrupted submitter when there is room", maker -> {
      var ran = new CountDownLatch(1);
      try (var executor = maker.open(1)) {
        var submitter = Thread.ofVirtual().unstarted(() -> {
          Thread.currentThread().interrupt();
          tryToExecute(executor, ran::countDown);
        });
        submitter.start();
        submitter.join();
        return yesIf(ran.await(1, SECONDS) || ran.await(PATIENCE, SECONDS));
      }
    });
    QUESTIONS.put("ends the `get` on a task that it discards", maker -> {
      try (var outer = maker.open(1);
          var executor = outer.discarding()) {
        if (executor == null) {
          return "-";
        }
        var gate = new CountDownLatch(1);
        executor.execute(() -> awaitQuietly(gate));
        var discarded = executor.submit(() -> {});
        var answer = yesIf(endsInTime(discarded));
        gate.countDown();
        return answer;
      }
    });
    QUESTIONS.put("ends the `get` on a queued task when it is stopped", maker -> {
      try (var executor = maker.open(1)) {
        var gate = new CountDownLatch(1);
        executor.execute(() -> awaitQuietly(gate));
        var queued = new ArrayList<Future<?>>();
        var submitter = Thread.startVirtualThread(() -> {
          try {
            queued.add(executor.submit(() -> {}));
          } catch (RuntimeException rejected) {
            return; // it is told, so it does not hang
          }
        });
        awaitEndOrWait(submitter);
        var isQueued = !queued.isEmpty();
        executor.stop();
        gate.countDown();
        submitter.join(Duration.ofSeconds(PATIENCE));
        return isQueued ? yesIf(endsInTime(queued.getFirst())) : "-";
      }
    });
    QUESTIONS.put("lets a running task end within the grace of its close", maker -> {
      var started = new CountDownLatch(1);
      var gate = new CountDownLatch(1);
      var interrupted = new AtomicBoolean();
      var executor = maker.open(1);
      executor.execute(() -> {
        started.countDown();
        try {
          gate.await();
        } catch (InterruptedException early) {
          interrupted.set(true);
        }
      });
      started.await();
      var closer = Thread.startVirtualThread(executor::close);
      closer.join(Duration.ofMillis(500)); // well within the grace
      gate.countDown();
      closer.join();
      return yesIf(!interrupted.get());
    });
  }

  /** What happens to an executor with one place. */
  @FunctionalInterface
  private interface Accident {

    void happenTo(ExecutorUnderTest executor) throws Exception;
  }

  private static String hasItsPlaceBack(ExecutorUnderTest.Maker maker, Accident accident)
      throws Exception {
    var executor = maker.open(1);
    accident.happenTo(executor);
    var ran = new CountDownLatch(1);
    var submitter = Thread.startVirtualThread(() -> tryToExecute(executor, ran::countDown));
    var isBack = ran.await(PATIENCE, SECONDS);
    submitter.interrupt();
    executor.close();
    return yesIf(isBack);
  }

  private static void tryToExecute(ExecutorUnderTest executor, Runnable task) {
    try {
      executor.execute(task);
    } catch (RuntimeException rejected) {
      return; // what becomes of the executor is what counts
    }
  }

  /** Returns when the thread has ended, or waits for a place. */
  private static void awaitEndOrWait(Thread thread) throws InterruptedException {
    while (!thread.join(MOMENT)
        && thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // a busy machine has not let it run yet
    }
  }

  private static boolean endsInTime(Future<?> future) throws InterruptedException {
    try {
      future.get(PATIENCE, SECONDS);
    } catch (ExecutionException | CancellationException end) {
      return true;
    } catch (TimeoutException hangs) {
      return false;
    }
    return true;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }

  private static String yesIf(boolean yes) {
    return yes ? "yes" : "**no**";
  }

  /** Asks all at the same time, because a "no" is a long wait. */
  private static Map<String, List<String>> answers() throws Exception {
    var pending = new LinkedHashMap<String, List<Future<String>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      QUESTIONS.forEach((text, question) -> pending.put(
          text,
          ExecutorUnderTest.all().values().stream()
              .map(maker -> threads.submit(() -> question.ask(maker)))
              .toList()));
    }
    var answers = new LinkedHashMap<String, List<String>>();
    for (var row : pending.entrySet()) {
      answers.put(row.getKey(), row.getValue().stream().map(Future::resultNow).toList());
    }
    return answers;
  }

  private static String table(Map<String, List<String>> answers) {
    var names = ExecutorUnderTest.all().keySet();
    var text = new StringBuilder("| |");
    names.forEach(name -> text.append(' ').append(name).append(" |"));
    text.append("\n| --- |").append(" --- |".repeat(names.size())).append('\n');
    answers.forEach((question, row) -> text.append("| ")
        .append(question)
        .append(row.stream().collect(joining(" | ", " | ", " |\n"))));
    return text.toString();
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void theTableOfTheDocumentationIsTrueAndOursAnswersYesThroughout() throws Exception {
    var answers = answers();
    var table = table(answers);
    var page = Files.readString(PAGE);
    if (Boolean.getBoolean("touchstone.update")) {
      page = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
          + table
          + page.substring(page.indexOf(END));
      Files.writeString(PAGE, page);
    }

    assertThat(page).contains(BEGIN + table + END);
    assertThat(answers.values()).allSatisfy(row -> assertThat(row.getFirst()).isEqualTo("yes"));
  }
}
