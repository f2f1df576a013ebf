package dev.touchstone.examples.gateway.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last requests that were answered from calls. Safe for use by several threads; nobody waits. */
public final class Waterfalls {

  /** How many are kept. */
  public static final int MOST = 100;

  private final AtomicReferenceArray<@Nullable Waterfall> ring = new AtomicReferenceArray<>(MOST);
  private final AtomicLong next = new AtomicLong();

  /** Adds one; the oldest is forgotten. */
  public void add(Waterfall waterfall) {
    ring.set((int) (next.getAndIncrement() % MOST), waterfall);
  }

  /** Returns those that are kept, the newest first. */
  public List<Waterfall> last() {
    var last = new ArrayList<Waterfall>();
    var end = next.get();
    for (var i = end - 1; i >= Math.max(0, end - MOST); i--) {
      var waterfall = ring.get((int) (i % MOST));
      if (waterfall != null) { // it is being added
        last.add(waterfall);
      }
    }
    return last;
  }
}
