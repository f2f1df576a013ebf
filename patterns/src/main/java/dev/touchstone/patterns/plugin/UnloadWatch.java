package dev.touchstone.patterns.plugin;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Watches whether a class loader that was closed is collected. */
final class UnloadWatch {

  private static final long POLL_MILLIS = 20; // between two collections

  private final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
  private final PhantomReference<ClassLoader> collected;
  private final WeakReference<ClassLoader> loader;
  private final String name;
  private final long start = System.nanoTime();

  UnloadWatch(ClassLoader loader) {
    this.collected = new PhantomReference<>(loader, queue);
    this.loader = new WeakReference<>(loader);
    this.name = loader.getName();
  }

  /**
   * Collects garbage until the loader is gone.
   *
   * @param limit how long to wait, counted from now; zero: does not look
   */
  Reclamation await(Duration limit) {
    if (limit.isZero()) {
      return new Reclamation.Unverified();
    }
    long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit);
    do {
      System.gc();
      if (Waiting.uninterruptibly(Duration.ofMillis(POLL_MILLIS), this::isCollected)) {
        return reclaimed();
      }
    } while (System.nanoTime() - end < 0);
    var leaked = loader.get();
    return leaked == null ? reclaimed() : new Reclamation.Leaked(suspects(leaked));
  }

  private Reclamation reclaimed() {
    return new Reclamation.Reclaimed(Duration.ofNanos(System.nanoTime() - start));
  }

  private boolean isCollected(long nanos) throws InterruptedException {
    return collected.refersTo(null) || queue.remove(1 + nanos / 1_000_000) != null;
  }

  private List<String> suspects(ClassLoader leaked) {
    var suspects = new ArrayList<String>();
    Thread.getAllStackTraces().forEach((thread, stack) -> {
      if (leaked.equals(thread.getClass().getClassLoader())) {
        suspects.add("the thread \"" + thread.getName() + "\" is of its class "
            + thread.getClass().getName());
      }
      if (leaked.equals(thread.getContextClassLoader())) {
        suspects.add(
            "the thread \"" + thread.getName() + "\" has its loader as context class loader");
      }
      for (var frame : stack) {
        if (name.equals(frame.getClassLoaderName())) {
          suspects.add("the thread \"" + thread.getName() + "\" runs its code, at " + frame);
          break;
        }
      }
    });
    return suspects;
  }
}
