package dev.touchstone.concurrency.testing;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario of several threads under one schedule, which a seed decides.
 *
 * <p>The threads are virtual threads of the JDK and run unmodified code of the JDK and of the user,
 * but one at a time: a thread goes on until it parks, yields, ends or uses {@link #clock()}, and
 * then the {@link Strategy} chooses which of those that can go on does. Time is virtual: it jumps to
 * the next timer when all threads wait, and passes by 1 µs with each switch. Its readings overflow
 * after a millisecond, as those of {@code System.nanoTime} may.
 *
 * <p>This looks for a schedule in which two increments are not two:
 * {@snippet class="dev.touchstone.concurrency.testing.SnippetsTest" region="explore"}
 *
 * <p>A scenario ends when all its threads have ended. It fails if one throws that was {@linkplain
 * #fork forked} or made by its {@linkplain #threadFactory factory}; if all wait and no timer is left,
 * which is a {@link DeadlockError}; or if it makes 100,000 switches.
 *
 * <p>What it does not see: a race between two plain memory accesses without a switch in between,
 * which needs a tool like jcstress. {@code Thread.sleep} and the timed waits of the JDK wait for
 * real time, and a scenario that uses them does not repeat exactly: wait through {@link #clock()}.
 *
 * <p>Needs {@code --add-opens java.base/java.lang=dev.touchstone.concurrency} ({@code ALL-UNNAMED}
 * when this library is on the class path) on the command line of the virtual machine, and says so
 * when it is missing.
 *
 * <p>The methods of a simulation may be called by the threads of its scenario.
 */
public final class Simulation {

  /*
   * The scheduler of the threads is a list. A virtual thread that is started, unparked or yields
   * adds its continuation to the list; the loop takes one out and runs it on its own platform
   * thread, which returns at the next switch. So at any moment one thread of the scenario runs at
   * most, and the order in which they become runnable depends on nothing but the choices made.
   *
   * The exceptions are wake-ups from outside: of a timed wait of the JDK, and of a thread that
   * waited for a monitor. They arrive from other threads, which is why the list is fed through a
   * concurrent queue and why the loop waits for a while when nothing else can go on.
   */

  private static final int MOST_SWITCHES = 100_000;
  private static final long NANOS_PER_SWITCH = 1_000;
  private static final int INTERRUPTION_ODDS = 16;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int STEPS_TO_CLEAN_UP = 10_000;

  private final long seed;
  private final Strategy strategy;
  private final RandomGenerator random;
  private final Chooser chooser;
  private final VirtualClock clock = new VirtualClock(this);
  private final Thread.Builder.OfVirtual threads =
      VirtualThreads.on(this::arrived).uncaughtExceptionHandler((thread, thrown) -> failed(thrown));
  private final Thread loop = Thread.currentThread();

  private final Queue<Runnable> arrivals = new ConcurrentLinkedQueue<>();
  private final Map<Runnable, SimulatedThread> alive = new LinkedHashMap<>();
  private final List<SimulatedThread> runnable = new ArrayList<>();
  private final List<Thread> interruptible = new ArrayList<>();
  private final List<String> switches = new ArrayList<>();
  private int started;
  private volatile @Nullable Throwable failure;

  private Simulation(long seed, Strategy strategy) {
    this.seed = seed;
    this.strategy = strategy;
    var root = new SplittableRandom(seed);
    chooser = strategy.chooser(root.split());
    random = root;
  }

  /** What the threads of a scenario do. */
  @FunctionalInterface
  public interface Scenario {

    /**
     * Runs on the first thread of the scenario, named {@code main}.
     *
     * @throws Exception to fail the run
     */
    void run(Simulation simulation) throws Exception;
  }

  /** What one thread does. */
  @FunctionalInterface
  public interface Body {

    /**
     * Runs on its thread.
     *
     * @throws Exception to fail the run
     */
    void run() throws Exception;
  }

  /**
   * Runs the scenario under the random schedule of the seed.
   *
   * @throws SimulationError if the scenario failed
   * @throws IllegalStateException if the virtual machine does not allow simulations, or if the
   *     caller is a virtual thread
   */
  public static Trace run(long seed, Scenario scenario) {
    return run(seed, Strategy.RANDOM, scenario);
  }

  /**
   * Runs the scenario under the schedule that the strategy makes of the seed.
   *
   * <p>The same seed, strategy and scenario make the same schedule, if the scenario depends on
   * nothing else.
   *
   * @throws SimulationError if the scenario failed
   * @throws IllegalStateException if the virtual machine does not allow simulations, or if the
   *     caller is a virtual thread
   */
  public static Trace run(long seed, Strategy strategy, Scenario scenario) {
    requireNonNull(strategy, "strategy");
    requireNonNull(scenario, "scenario");
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a simulation cannot run on a virtual thread: call it from a"
          + " platform thread, which carries the simulated ones");
    }
    var simulation = new Simulation(seed, strategy);
    simulation.fork("main", () -> scenario.run(simulation));
    return simulation.loop();
  }

  /**
   * Runs the scenario under the seeds from 0, until one fails.
   *
   * <p>Even seeds use {@link Strategy#RANDOM}, odd ones {@link Strategy#pct pct(3)}.
   *
   * @param seeds how many, at least 1
   * @throws SimulationError if the scenario failed under one of them
   * @throws IllegalArgumentException if {@code seeds} is less than 1
   * @throws IllegalStateException if the virtual machine does not allow simulations, or if the
   *     caller is a virtual thread
   */
  public static void explore(int seeds, Scenario scenario) {
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be at least 1, was " + seeds);
    }
    for (long seed = 0; seed < seeds; seed++) {
      run(seed, seed % 2 == 0 ? Strategy.RANDOM : Strategy.pct(3), scenario);
    }
  }

  /**
   * Starts a thread of the scenario.
   *
   * @param name its name in traces
   * @param body what it does; what it throws fails the run
   */
  public Thread fork(String name, Body body) {
    requireNonNull(body, "body");
    return threads.name(name).start(() -> {
      try {
        body.run();
      } catch (Throwable thrown) {
        failed(thrown);
      }
    });
  }

  /**
   * Returns a factory of threads that belong to this scenario, to be given to what is tested. What
   * their work throws fails the run.
   *
   * <p>Virtual threads that a thread of the scenario starts by itself belong to it anyway.
   */
  public ThreadFactory threadFactory() {
    return work -> threads.name("thread-" + started).unstarted(work);
  }

  /** Returns the virtual time. Each call of its methods is a moment at which threads may switch. */
  public TimeSource clock() {
    return clock;
  }

  /**
   * Returns the source of randomness for choices of the scenario, which the seed decides.
   *
   * <p>It is the same object at each call.
   */
  public RandomGenerator random() {
    return random;
  }

  /** Marks a moment at which another thread may go on. Without effect outside the scenario. */
  public void point() {
    if (Thread.currentThread().isVirtual()) {
      yieldToOthers();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // the scheduler is ours, so it is more than a hint
  private static void yieldToOthers() {
    Thread.yield();
  }

  /**
   * Interrupts the thread at a random moment, or not at all.
   *
   * <p>Before each switch the chance is 1 in 16, until it has happened.
   */
  public void interruptSometime(Thread thread) {
    interruptible.add(requireNonNull(thread, "thread"));
  }

  private void failed(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  private void arrived(Runnable continuation) {
    arrivals.add(continuation);
    LockSupport.unpark(loop);
  }

  private Trace loop() {
    try {
      while (true) {
        absorb();
        if (failure != null) {
          throw new ScenarioError("the scenario failed: " + failure, trace(), failure);
        }
        if (alive.isEmpty()) {
          return trace();
        }
        if (switches.size() >= MOST_SWITCHES) {
          throw new ScenarioError("no end after " + MOST_SWITCHES + " switches", trace(), null);
        }
        if (!runnable.isEmpty()) {
          step();
        } else if (!clock.jump() && !awaitArrival()) {
          throw new DeadlockError(
              alive.values().stream().map(SimulatedThread::thread).toList(), trace());
        }
      }
    } finally {
      cleanUp();
    }
  }

  private void step() {
    interruptOne();
    var chosen = chooser.choose(runnable);
    runnable.remove(chosen);
    switches.add(chosen.name());
    goOn(chosen);
    clock.pass(NANOS_PER_SWITCH);
  }

  private void goOn(SimulatedThread thread) {
    thread.goOn();
    if (thread.thread().getState() == Thread.State.TERMINATED) {
      alive.values().remove(thread);
    }
  }

  private void interruptOne() {
    if (!interruptible.isEmpty() && random.nextInt(INTERRUPTION_ODDS) == 0) {
      interruptible.remove(random.nextInt(interruptible.size())).interrupt();
      absorb();
    }
  }

  private void absorb() {
    for (var arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      runnable.add(alive.computeIfAbsent(
          arrival,
          continuation ->
              new SimulatedThread(started++, VirtualThreads.threadOf(continuation), continuation)));
    }
  }

  /** Waits for a wake-up from outside, if a thread waits for one. */
  private boolean awaitArrival() {
    var deadline = System.nanoTime() + PATIENCE_NANOS;
    while (arrivals.isEmpty()) {
      var awaited = alive.values().stream()
          .map(thread -> thread.thread().getState())
          .anyMatch(state -> state != Thread.State.WAITING);
      if (!awaited || System.nanoTime() - deadline > 0) {
        return !arrivals.isEmpty();
      }
      LockSupport.parkNanos(this, 1_000_000);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted in a simulation");
      }
    }
    return true;
  }

  private Trace trace() {
    return new Trace(seed, strategy, switches, Duration.ofNanos(clock.now()));
  }

  /** Interrupts what a failed run has left, so that it can end. */
  private void cleanUp() {
    List.copyOf(alive.values()).forEach(thread -> thread.thread().interrupt());
    absorb();
    for (int steps = 0; steps < STEPS_TO_CLEAN_UP && !runnable.isEmpty(); steps++) {
      goOn(runnable.removeFirst());
      absorb();
    }
  }
}
