package dev.touchstone.stress.keyed;

import dev.touchstone.concurrency.keyed.KeyedLock;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The table of {@link KeyedLock} under Lincheck: a key is held by one thread at a time, whoever adds,
 * retires and removes its entry.
 */
class KeyedLincheckTest {

  /** Counts with plain fields, so that two threads at once are seen. */
  @Param(name = "key", gen = IntGen.class, conf = "1:2")
  public static class Concurrent {

    private final KeyedLock<Integer> locks = KeyedLock.create();
    private final int[] counts = new int[3];

    @Operation
    public int increment(@Param(name = "key") int key) throws InterruptedException {
      try (var hold = locks.lock(key)) {
        return hold == null ? -1 : ++counts[key];
      }
    }

    @Operation
    public int sum() throws InterruptedException {
      try (var hold = locks.lockAll(Set.of(1, 2))) {
        return hold == null ? -1 : counts[1] + counts[2];
      }
    }
  }

  /** The same without locks. */
  public static class Sequential {

    private final int[] counts = new int[3];

    public int increment(int key) {
      return ++counts[key];
    }

    public int sum() {
      return counts[1] + counts[2];
    }
  }

  /** Takes minutes: every step of the map and of the sort is a point where threads may switch. */
  @Test
  @EnabledIfSystemProperty(named = "touchstone.stress", matches = "true")
  @Timeout(900)
  void excludesUnderModelChecking() {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .sequentialSpecification(Sequential.class)
        .check(Concurrent.class);
  }

  @Test
  @Timeout(300)
  void excludesUnderStress() {
    new StressOptions()
        .iterations(Boolean.getBoolean("touchstone.stress") ? 100 : 8)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Sequential.class)
        .check(Concurrent.class);
  }
}
