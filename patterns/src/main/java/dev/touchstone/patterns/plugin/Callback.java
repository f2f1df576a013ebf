package dev.touchstone.patterns.plugin;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call of a plugin's code, on a thread of its own: it can be given up when it does not end, and it
 * leaves nothing behind in the thread of the caller.
 */
final class Callback extends Thread {

  private static final Duration GRACE = Duration.ofMillis(100); // to react to an interrupt

  /** Code of a plugin. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable Body body; // dropped when it begins
  private volatile @Nullable PluginFailure failure;

  private Callback(String name, ClassLoader loader, Body body) {
    super(null, null, name, 0, false);
    this.body = body;
    setDaemon(true);
    setContextClassLoader(loader);
  }

  /**
   * Calls a plugin's code and waits for its end.
   *
   * @param what names the call, as {@code start of pdf 1.4.2}
   * @throws PluginFailure if the code threw something, or did not end in time; it was interrupted then
   */
  static void run(String what, ClassLoader loader, Duration limit, Body body) throws PluginFailure {
    var callback = new Callback("plugin: " + what, loader, body);
    callback.start();
    if (!callback.await(limit)) {
      callback.interrupt();
      var reaction = callback.await(GRACE) ? "it ended when interrupted" : "it goes on regardless";
      throw PluginFailure.of("the " + what + " did not end within " + limit + "; " + reaction);
    }
    var failure = callback.failure;
    if (failure != null) {
      throw failure;
    }
  }

  private boolean await(Duration limit) {
    return Waiting.uninterruptibly(limit, nanos -> done.await(nanos, TimeUnit.NANOSECONDS));
  }

  @Override
  public void run() {
    try {
      var work = body;
      body = null;
      if (work != null) {
        work.run();
      }
    } catch (Throwable e) { // whatever a plugin throws is the plugin's failure alone
      failure = PluginFailure.copyOf(e);
    } finally {
      done.countDown();
    }
  }
}
