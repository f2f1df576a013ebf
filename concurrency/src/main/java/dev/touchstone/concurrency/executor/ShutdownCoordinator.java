package dev.touchstone.concurrency.executor;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.executor.ShutdownReport.Outcome;
import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the parts of an application in phases: those of one phase at the same time, one phase after
 * the other, all under one deadline.
 *
 * <p>This stops the intake before the workers that it feeds:
 * {@snippet class="dev.touchstone.concurrency.executor.SnippetsTest" region="shutdown"}
 *
 * <p>With {@link Builder#atExit} it also closes when the virtual machine exits, by Ctrl-C or {@code
 * System.exit} for instance.
 *
 * <p>Instances are immutable but for having been closed, and safe for use by several threads.
 */
public final class ShutdownCoordinator {

  private static final Logger log = LoggerFactory.getLogger(ShutdownCoordinator.class);

  /** What a part is still given when the deadline is over before its phase. */
  private static final Duration LEAST = Duration.ofMillis(250);

  private final Map<String, List<Part>> phases;
  private final TimeSource time;
  private final ThreadFactory threads;
  private final @Nullable Thread hook;
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final Latch closed = new Latch();

  /** Written before the latch opens. */
  private @Nullable ShutdownReport report;

  private ShutdownCoordinator(Builder options) {
    phases = new LinkedHashMap<>();
    options.phases.forEach((phase, parts) -> phases.put(phase, List.copyOf(parts)));
    time = options.timeSource;
    threads = options.threadFactory;
    hook = options.exitLimit == null ? null : hook(options.exitLimit);
  }

  private Thread hook(Duration limit) {
    return Thread.ofPlatform().name("shutdown-coordinator").unstarted(() -> {
      var outcome = close(limit);
      if (!outcome.isClean()) {
        log.warn("Not everything was closed in time before the exit: {}", outcome);
      }
    });
  }

  /** Returns a builder without parts. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Closes all parts, each on a thread of its own, and tells how it went.
   *
   * <p>When the time is over, the threads that still close something are interrupted and no longer
   * waited for; the parts of later phases are closed nevertheless, with 250 ms for each phase. An
   * interruption of the caller counts as the end of the time; the flag is set when this returns. A
   * part for which no thread can be started has failed; the others are closed.
   *
   * <p>Parts are closed once: another call waits for the first and returns the same report.
   *
   * @param limit how long the whole may take
   */
  public ShutdownReport close(Duration limit) {
    requireNonNull(limit, "limit");
    if (isClosing.compareAndSet(false, true)) {
      removeHook();
      try {
        report = new ShutdownReport(closePhases(time.deadlineAfter(limit)));
      } finally {
        closed.open();
      }
    }
    closed.awaitUninterruptibly(time);
    return requireNonNull(report);
  }

  /** Lets the virtual machine forget what is closed now. */
  private void removeHook() {
    if (hook == null) {
      return;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      log.debug("The virtual machine exits already", exiting);
    }
  }

  private List<ShutdownReport.Part> closePhases(long deadline) {
    var interrupted = false;
    var reports = new ArrayList<ShutdownReport.Part>();
    for (var phase : phases.entrySet()) {
      var least = time.deadlineAfter(LEAST);
      var end = interrupted || deadline - least < 0 ? least : deadline;
      var closings = new ArrayList<Closing>();
      for (var part : phase.getValue()) {
        var closing = new Closing(phase.getKey(), part, end);
        closings.add(closing);
        closing.start();
      }
      interrupted |= await(closings);
      closings.forEach(closing -> reports.add(closing.report()));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return reports;
  }

  /** Waits until the end of all or of the time; returns whether it was interrupted, which is that. */
  private static boolean await(List<Closing> closings) {
    var interrupted = false;
    for (var closing : closings) {
      if (interrupted) {
        closing.cutOff();
      } else {
        interrupted = closing.await();
      }
    }
    return interrupted;
  }

  /** Closes what a part is made of, in the time that is left; returns whether nothing was cut off. */
  @FunctionalInterface
  private interface Close {

    boolean close(Duration left) throws Exception;
  }

  private record Part(String name, Close close) {}

  /** The closing of one part. */
  private final class Closing extends Latch {

    private final String phase;
    private final Part part;
    private final long deadline;
    private final long started = time.nanoTime();

    /** Written before the latch opens. */
    private Outcome outcome = Outcome.CLOSED;

    private Optional<Throwable> failure = Optional.empty();
    private long ended;

    /** Only for the thread that closes the phases. */
    private @Nullable Thread thread;

    private boolean isCutOff;

    Closing(String phase, Part part, long deadline) {
      this.phase = phase;
      this.part = part;
      this.deadline = deadline;
    }

    void start() {
      try {
        thread = requireNonNull(threads.newThread(this::run), "the thread factory returned null");
        thread.setName("close-" + part.name());
        thread.start();
      } catch (Throwable thrown) { // an OutOfMemoryError is how the JVM says "no more threads"
        end(Outcome.FAILED, thrown);
      }
    }

    private void run() {
      try {
        var left = Duration.ofNanos(Math.max(0, deadline - time.nanoTime()));
        end(part.close().close(left) ? Outcome.CLOSED : Outcome.CANCELLED, null);
      } catch (Throwable thrown) {
        end(Outcome.FAILED, thrown);
      }
    }

    private void end(Outcome how, @Nullable Throwable thrown) {
      outcome = how;
      failure = Optional.ofNullable(thrown);
      ended = time.nanoTime();
      open();
    }

    /** Waits until the end of the closing or of the time; returns whether it was interrupted. */
    boolean await() {
      try {
        if (!awaitUntil(time, deadline)) {
          cutOff();
        }
        return false;
      } catch (InterruptedException impatient) {
        cutOff();
        return true;
      }
    }

    /** Interrupts the closing if it has not ended, and lets it be. */
    void cutOff() {
      if (thread != null && !isOpen()) {
        isCutOff = true;
        thread.interrupt();
      }
    }

    ShutdownReport.Part report() {
      if (isCutOff) {
        var waited = Duration.ofNanos(time.nanoTime() - started);
        return new ShutdownReport.Part(
            phase, part.name(), Outcome.TIMED_OUT, Optional.empty(), waited);
      }
      var took = Duration.ofNanos(ended - started);
      return new ShutdownReport.Part(phase, part.name(), outcome, failure, took);
    }
  }

  /** Builds a {@link ShutdownCoordinator}. Not for several threads. */
  public static final class Builder {

    private final Map<String, List<Part>> phases = new LinkedHashMap<>();
    private TimeSource timeSource = TimeSource.system();
    private ThreadFactory threadFactory = Thread.ofVirtual().factory();
    private @Nullable Duration exitLimit;

    private Builder() {}

    /**
     * Adds a part that is closed by its {@code close} method, under interruption at the deadline.
     *
     * @param phase its phase; phases are closed in the order of their first part
     * @param name names the part in the report
     */
    public Builder add(String phase, String name, AutoCloseable part) {
      requireNonNull(part, "part");
      return add(phase, name, left -> {
        part.close();
        return true;
      });
    }

    /**
     * Adds an executor, which is drained in the time that is left.
     *
     * @param phase its phase; phases are closed in the order of their first part
     */
    public Builder add(String phase, ManagedExecutor executor) {
      return add(phase, executor.name(), left -> {
        // the drain needs a moment of its own to cancel before the deadline of the phase
        return executor.drain(left.minus(LEAST)).isClean();
      });
    }

    private Builder add(String phase, String name, Close close) {
      requireNonNull(name, "name");
      phases
          .computeIfAbsent(requireNonNull(phase, "phase"), first -> new ArrayList<>())
          .add(new Part(name, close));
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    /** Sets what makes the threads that close parts. The default makes virtual threads. */
    public Builder threadFactory(ThreadFactory threadFactory) {
      this.threadFactory = requireNonNull(threadFactory, "threadFactory");
      return this;
    }

    /**
     * Closes the parts when the virtual machine exits, unless that has been done before. By default
     * nothing happens then.
     *
     * <p>The exit waits for it. What could not be closed is a warning in the log. Until the close
     * the virtual machine keeps the coordinator and its parts from being collected.
     *
     * @param limit how long the whole may take; the system may allow less
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    public Builder atExit(Duration limit) {
      if (!limit.isPositive()) {
        throw new IllegalArgumentException("limit must be positive, was " + limit);
      }
      exitLimit = limit;
      return this;
    }

    /**
     * Returns a coordinator of the parts added so far.
     *
     * @throws IllegalStateException if it should close at the exit, and the virtual machine is
     *     exiting
     */
    public ShutdownCoordinator build() {
      var coordinator = new ShutdownCoordinator(this);
      if (coordinator.hook != null) {
        Runtime.getRuntime().addShutdownHook(coordinator.hook);
      }
      return coordinator;
    }
  }
}
