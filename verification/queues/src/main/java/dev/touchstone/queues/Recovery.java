package dev.touchstone.queues;

import dev.touchstone.examples.taskqueue.HandlerOptions;
import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.Outcome;
import dev.touchstone.examples.taskqueue.TaskQueue;
import dev.touchstone.examples.taskqueue.postgres.PostgresStore;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;

/** How long it takes until all jobs of a worker that was killed have begun again. */
final class Recovery {

  private static final int JOBS = 100;

  private Recovery() {}

  /** A job that does not end. */
  @JobKind("recovery.wait")
  record Wait() {}

  /** With another worker there, which has to find out. */
  static void measureInPostgres(String url) throws Exception {
    enqueue(PostgresStore.open(url));
    try (var first = new Worker(url)) {
      first.awaitAll();
      try (var second = new Worker(url)) {
        second.awaitStart();
        first.close();
        var killed = System.nanoTime();
        second.awaitAll();
        print("PostgreSQL, from the kill until a second worker has begun", killed);
      }
    }
  }

  /** With the next process that has the file. */
  static void measureInFile(Path file) throws Exception {
    enqueue(SqliteStore.open(file));
    try (var first = new Worker(file.toString())) {
      first.awaitAll();
    }
    try (var next = new Worker(file.toString())) {
      next.awaitStart();
      var started = System.nanoTime();
      next.awaitAll();
      print("SQLite, from the main method of the next process until it has begun", started);
    }
  }

  private static void enqueue(JobStore store) {
    try (store) {
      TaskQueue.open(store).enqueueAll(Collections.nCopies(JOBS, new Wait()), options -> {});
    }
  }

  private static void print(String what, long since) {
    System.out.printf(
        "%s all %d jobs again: %.2f s.%n", what, JOBS, (System.nanoTime() - since) / 1e9);
  }

  /** A worker in a process of its own; closing kills it. */
  private static final class Worker implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;

    Worker(String store) throws IOException {
      process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              Recovery.class.getName(),
              store)
          .redirectError(Redirect.INHERIT)
          .start();
      lines = process.inputReader();
    }

    void awaitStart() throws IOException {
      if (lines.readLine() == null) {
        throw new IOException("the worker does not start");
      }
    }

    /** Waits until it has begun all jobs: it says so of each, after the line of its start. */
    void awaitAll() throws IOException {
      for (var begun = 0; begun < JOBS; ) {
        var line = lines.readLine();
        if (line == null) {
          throw new IOException("the worker ended when it had begun " + begun + " jobs");
        }
        begun += line.startsWith("begun") ? 1 : 0;
      }
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  /**
   * Works until it is killed.
   *
   * @param arguments the address of a database, or a file
   */
  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("started");
    var address = arguments[0];
    var forever = new CountDownLatch(1);
    try (var store = address.startsWith("jdbc:")
            ? PostgresStore.open(address)
            : SqliteStore.open(Path.of(address));
        var worker = TaskQueue.open(store)
            .worker()
            .queue("default", JOBS)
            .handle(
                Wait.class,
                (job, context) -> {
                  System.out.println("begun " + context.id());
                  forever.await();
                  return Outcome.done();
                },
                HandlerOptions::unlimited)
            .start()) {
      worker.await();
    }
  }
}
