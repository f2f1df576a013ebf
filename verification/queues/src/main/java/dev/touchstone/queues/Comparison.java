package dev.touchstone.queues;

import com.zaxxer.hikari.HikariDataSource;
import dev.touchstone.examples.taskqueue.postgres.PostgresStore;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures our queue and its peers one after the other, several times, and prints the median of
 * each figure as a table in Markdown.
 */
final class Comparison {

  private static final int ONE_BY_ONE = 500;
  private static final int PACED = 100;
  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofSeconds(15);

  /** After so long the database has counted what idle connections did before. */
  private static final Duration REPORTED = Duration.ofSeconds(12);

  private final String url;
  private final int rounds;
  private final Map<String, Map<Figure, List<Double>>> results = new TreeMap<>();

  /** What is measured. */
  private enum Figure {
    SINGLE("enqueued one by one /s"),
    BATCH("enqueued in batches /s"),
    DRAIN("done /s"),
    HALF("start, half within ms"),
    MOST("start, 99 % within ms"),
    IDLE_TRANSACTIONS("idle, transactions /s"),
    IDLE_CORE("idle, % of a core");

    private final String label;

    Figure(String label) {
      this.label = label;
    }
  }

  /** Opens a candidate in an empty database. */
  private interface Opener {
    Candidate open() throws Exception;
  }

  private Comparison(String url, int rounds) {
    this.url = url;
    this.rounds = rounds;
  }

  /**
   * Measures.
   *
   * @param arguments the address of a database that may be emptied, and how many rounds (3)
   */
  public static void main(String[] arguments) throws Exception {
    var rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    new Comparison(arguments[0], rounds).run();
    System.exit(0); // peers leave threads behind
  }

  private void run() throws Exception {
    List<Opener> openers = List.of(
        () -> new Ours("Touchstone, PostgreSQL", PostgresStore.open(url)),
        () -> new DbSchedulerPeer(Database.open(url)),
        () -> new JobRunrPeer(Database.open(url)),
        () -> new QuartzPeer(Database.open(url)),
        this::sqlite);
    for (int round = 1; round <= rounds; round++) {
      for (var opener : openers) {
        Database.empty(url);
        measure(opener, round == rounds);
      }
    }
    print();
    Database.empty(url);
    new Pinned(url).run();
    Database.empty(url);
    Recovery.measureInPostgres(url);
    Recovery.measureInFile(newFile());
  }

  private Candidate sqlite() throws Exception {
    return new Ours("Touchstone, SQLite", SqliteStore.open(newFile()));
  }

  /** Returns the place of a file that goes when this process ends. */
  private static Path newFile() throws IOException {
    var folder = Files.createTempDirectory(Path.of("target"), "queues");
    folder.toFile().deleteOnExit();
    Arrays.stream(new String[] {"", "-wal", "-shm", ".lock"})
        .forEach(end -> folder.resolve("queue.db" + end).toFile().deleteOnExit());
    return folder.resolve("queue.db");
  }

  private void measure(Opener opener, boolean isLast) throws Exception {
    try (var candidate = opener.open()) {
      var started = System.nanoTime();
      for (int i = 0; i < ONE_BY_ONE; i++) {
        candidate.enqueue(i);
      }
      note(candidate, Figure.SINGLE, ONE_BY_ONE / seconds(started));
      started = System.nanoTime();
      candidate.enqueueAll(candidate.jobs());
      note(candidate, Figure.BATCH, candidate.jobs() / seconds(started));

      var begun = new AtomicInteger();
      Map<Long, Long> begunAt = new ConcurrentHashMap<>();
      started = System.nanoTime();
      candidate.work(number -> {
        if (number < 0) {
          begunAt.put(number, System.nanoTime());
        }
        begun.incrementAndGet();
      });
      var all = candidate.jobs() + ONE_BY_ONE;
      await(begun, all);
      note(candidate, Figure.DRAIN, all / seconds(started));
      latency(candidate, begun, begunAt, all);
      if (isLast) {
        idle(candidate);
      }
    }
  }

  private void latency(
      Candidate candidate, AtomicInteger begun, Map<Long, Long> begunAt, int before)
      throws Exception {
    var sentAt = new ConcurrentHashMap<Long, Long>();
    for (long number = -PACED; number < 0; number++) {
      LockSupport.parkNanos(PACE.toNanos());
      candidate.enqueue(number);
      sentAt.put(number, System.nanoTime()); // it has committed
    }
    await(begun, before + PACED);
    var millis = sentAt.entrySet().stream()
        .map(sent -> Math.max(0, (begunAt.get(sent.getKey()) - sent.getValue()) / 1e6))
        .sorted()
        .toList();
    note(candidate, Figure.HALF, millis.get(PACED / 2));
    note(candidate, Figure.MOST, millis.get(PACED * 99 / 100));
  }

  private void idle(Candidate candidate) throws Exception {
    LockSupport.parkNanos(REPORTED.toNanos());
    try (var pool = Database.openOne(url)) {
      var transactions = transactions(pool);
      var cpu = cpu();
      LockSupport.parkNanos(IDLE.toNanos());
      note(candidate, Figure.IDLE_CORE, 100 * (cpu() - cpu) / (double) IDLE.toNanos());
      note(
          candidate,
          Figure.IDLE_TRANSACTIONS,
          Math.max(0, transactions(pool) - transactions - 1) / (double) IDLE.toSeconds());
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long transactions(HikariDataSource pool) throws SQLException {
    return Database.number(
        pool,
        "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");
  }

  private static void await(AtomicInteger begun, int all) {
    var started = System.nanoTime();
    while (begun.get() < all) {
      if (System.nanoTime() - started > PATIENCE.toNanos()) {
        throw new IllegalStateException(begun + " of " + all + " jobs have begun");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }

  private void note(Candidate candidate, Figure figure, double value) {
    System.err.printf("%s: %s %,.1f%n", candidate.label(), figure.label, value);
    results
        .computeIfAbsent(candidate.label(), first -> new TreeMap<>())
        .computeIfAbsent(figure, first -> new ArrayList<>())
        .add(value);
  }

  private void print() {
    System.out.print("| |");
    Arrays.stream(Figure.values()).forEach(figure -> System.out.print(" " + figure.label + " |"));
    System.out.println();
    System.out.println("| --- |" + " --- |".repeat(Figure.values().length));
    results.forEach((label, figures) -> {
      System.out.print("| " + label + " |");
      figures.values().forEach(values -> System.out.printf(" %,.1f |", median(values)));
      System.out.println();
    });
  }

  private static double median(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }
}
