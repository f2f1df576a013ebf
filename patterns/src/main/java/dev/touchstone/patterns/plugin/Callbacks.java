package dev.touchstone.patterns.plugin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/*
 * A thread for each call would be simpler, and is what most of the time of loading would go into. So one
 * thread does what a turn has to call; its executor clears an interrupt that a task left. It ends with
 * the turn, or earlier, when it is to be seen whether plugins are gone: what they left in thread-locals
 * ends with it. A call that does not end keeps its thread, and the next call gets another one.
 */
/**
 * Calls the code of plugins, one call at a time, on a thread other than the caller's: a call can be
 * given up when it does not end, and leaves nothing behind in the thread of the caller. Used under the
 * host's turn only.
 */
final class Callbacks {

  private static final Duration GRACE = Duration.ofMillis(100); // to react to an interrupt

  private @Nullable ExecutorService thread;

  /** Code of a plugin. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  /** Returns whether the calling thread is one of those that run the code of plugins. */
  static boolean isInside() {
    return Thread.currentThread() instanceof Worker;
  }

  /**
   * Calls a plugin's code and waits for its end.
   *
   * @param what names the call, as {@code start of pdf 1.4.2}
   * @throws PluginFailure if the code threw something, or did not end in time; it was interrupted then
   */
  void run(String what, ClassLoader loader, Duration limit, Body body) throws PluginFailure {
    var call = new Call("plugin: " + what, loader, body);
    thread().execute(call);
    if (!call.await(limit)) {
      giveUp();
      var reaction = call.await(GRACE) ? "it ended when interrupted" : "it goes on regardless";
      throw PluginFailure.of("the " + what + " did not end within " + limit + "; " + reaction);
    }
    var failure = call.failure;
    if (failure != null) {
      throw failure;
    }
  }

  private ExecutorService thread() {
    var present = thread;
    if (present == null) {
      present = Executors.newSingleThreadExecutor(Worker::new);
      thread = present;
    }
    return present;
  }

  /** Interrupts the call, or keeps it from beginning late; the next one is made on another thread. */
  private void giveUp() {
    thread().shutdownNow();
    thread = null;
  }

  /** Lets the thread end; the next call is made on another one. */
  void end() {
    if (thread != null) {
      thread.shutdown();
      thread = null;
    }
  }

  private static final class Worker extends Thread {

    Worker(Runnable work) {
      super(null, work, "plugin: idle", 0, false);
      setDaemon(true);
    }
  }

  /** One call. */
  private static final class Call implements Runnable {

    private final String name;
    private final CountDownLatch done = new CountDownLatch(1);
    private final ClassLoader loader;
    private final Body body;
    private volatile @Nullable PluginFailure failure;

    Call(String name, ClassLoader loader, Body body) {
      this.name = name;
      this.loader = loader;
      this.body = body;
    }

    boolean await(Duration limit) {
      return Waiting.uninterruptibly(limit, nanos -> done.await(nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public void run() {
      var current = Thread.currentThread();
      current.setName(name);
      current.setContextClassLoader(loader);
      try {
        body.run();
      } catch (Throwable e) { // whatever a plugin throws is the plugin's failure alone
        failure = PluginFailure.copyOf(e);
      } finally {
        done.countDown();
      }
    }
  }
}
