package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.postgres.PostgresStore;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.taskqueue.store.Enqueued;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobStatus;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * A process of its own that works off a queue, or fills it, and may kill itself with SIGKILL at a
 * named point. What its handlers do it appends to a file, in one write for each line.
 */
@SuppressWarnings("try") // workers and subscriptions that only have to be there
final class SecondProcess {

  private SecondProcess() {}

  @JobKind("effect")
  record Effect(int number) {}

  /** Returns the command line of a process that does this with a store. */
  static List<String> commandLine(String role, String store, Path log, String point) {
    return new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        SecondProcess.class.getName(),
        role,
        store,
        log.toString(),
        point));
  }

  /** Starts a process; what it prints is appended to a file beside its log. */
  static Process start(String role, String store, Path log, String point) throws IOException {
    return new ProcessBuilder(commandLine(role, store, log, point))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(output(log).toFile()))
        .start();
  }

  /** Starts a process whose files the system lets become no larger than so many KiB. */
  static Process startWithLittleRoom(int kibibytes, String role, String store, Path log)
      throws IOException {
    var shell =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "-"));
    shell.addAll(commandLine(role, store, log, "-"));
    return new ProcessBuilder(shell)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(output(log).toFile()))
        .start();
  }

  /** Returns where a process with this log prints. */
  static Path output(Path log) {
    return log.resolveSibling("output");
  }

  static JobStore open(String store) {
    return store.startsWith("jdbc:") ? PostgresStore.open(store) : SqliteStore.open(Path.of(store));
  }

  /**
   * Does what it is told.
   *
   * @param arguments the role, the store, the log, and the point: METHOD:before|after:N, or a dash
   */
  public static void main(String[] arguments) throws Exception {
    var log = Path.of(arguments[2]);
    var point = Point.parse(arguments[3]);
    try (var store = open(arguments[1])) {
      switch (arguments[0]) {
        case "worker" -> work(store, log, point);
        case "producer" -> produce(store);
        case "held" -> hold(store, log);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /** Where to die: at the n-th time that a method is called, or has returned. */
  private record Point(String method, boolean isAfter, AtomicInteger times) {

    static Point parse(String text) {
      if (text.equals("-")) {
        return new Point("", false, new AtomicInteger(-1));
      }
      var parts = text.split(":");
      return new Point(
          parts[0], parts[1].equals("after"), new AtomicInteger(Integer.parseInt(parts[2])));
    }

    void pass(String name, boolean after) {
      if (method.equals(name) && isAfter == after && times.decrementAndGet() == 0) {
        dieAtOnce();
      }
    }
  }

  private static void dieAtOnce() {
    try {
      new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
      new CountDownLatch(1).await();
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static JobStore dyingAt(JobStore store, Point point) {
    return (JobStore) Proxy.newProxyInstance(
        JobStore.class.getClassLoader(),
        new Class<?>[] {JobStore.class},
        (proxy, method, arguments) -> {
          point.pass(method.getName(), false);
          var result = method.invoke(store, arguments);
          if (!(result instanceof List<?> list && list.isEmpty())) { // a claim of nothing is none
            point.pass(method.getName(), true);
          }
          return result;
        });
  }

  private static void append(Path log, String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Works until nothing is left. */
  private static void work(JobStore store, Path log, Point point) throws Exception {
    try (var worker = TaskQueue.open(dyingAt(store, point))
        .worker()
        .queue("default", 4)
        .lease(Duration.ofSeconds(1))
        .poll(Duration.ofMillis(200))
        .handle(Effect.class, (effect, context) -> {
          point.pass("handler", false);
          append(log, "%d %d %d".formatted(context.id(), context.attempt(), context.token()));
          point.pass("handler", true);
          return Outcome.done();
        })
        .start()) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !hasLive(store));
    }
  }

  private static boolean hasLive(JobStore store) {
    return store.count(JobFilter.in(
            Set.of(JobStatus.READY, JobStatus.SCHEDULED, JobStatus.RETRYING, JobStatus.RUNNING)))
        > 0;
  }

  /** Enqueues one job after the other, and prints the number of each as soon as it has it. */
  private static void produce(JobStore store) {
    var queue = TaskQueue.open(store);
    for (int i = 0; i < 1_000_000; i++) {
      var id = ((Enqueued.Added) queue.enqueue(new Effect(i))).id();
      System.out.print("stored " + id + "\n");
      System.out.flush();
    }
  }

  /** Runs one handler until a file appears, whatever interrupts it, and tells what came of it. */
  private static void hold(JobStore store, Path log) throws Exception {
    var ended = new CountDownLatch(1);
    try (var worker = TaskQueue.open(store)
        .worker()
        .queue("default", 1)
        .lease(Duration.ofSeconds(1))
        .handle(Effect.class, (effect, context) -> {
          append(log, "begun " + context.token());
          var go = log.resolveSibling("go");
          while (!Files.exists(go)) {
            LockSupport.parkNanos(5_000_000);
            Thread.interrupted(); // or it would not park any more
          }
          ended.countDown();
          return Outcome.done();
        })
        .start()) {
      ended.await();
      Awaitility.await().until(() -> worker.statistics().running() == 0);
      append(
          log,
          "succeeded %d, refused %d"
              .formatted(worker.statistics().succeeded(), worker.statistics().refused()));
    }
  }

  static Optional<Integer> exit(Process process) throws InterruptedException {
    return process.waitFor(90, TimeUnit.SECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }
}
