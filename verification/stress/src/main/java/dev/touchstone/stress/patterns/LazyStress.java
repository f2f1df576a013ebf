package dev.touchstone.stress.patterns;

import dev.touchstone.patterns.lazy.Lazy;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A lazy value is made once, and whoever gets it sees all that was written while making it. */
public final class LazyStress {

  private LazyStress() {}

  /** What a lazy value makes; without safe publication, the plain field could be seen as 0. */
  private static final class Box {

    private int content;

    private static Box number(int n) {
      var box = new Box();
      box.content = n;
      return box;
    }
  }

  /** {@link Lazy#of} between two threads. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Made once, seen whole by both.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Made twice, or seen half made.")
  @State
  public static class Of {

    private final AtomicInteger runs = new AtomicInteger();
    private final Lazy<Box> lazy = Lazy.of(() -> Box.number(runs.incrementAndGet()));

    @Actor
    public void one(II_Result result) {
      result.r1 = lazy.get().content;
    }

    @Actor
    public void other(II_Result result) {
      result.r2 = lazy.get().content;
    }
  }

  /** {@link Lazy#constant} between two threads. */
  @JCStressTest
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Made once, seen whole by both.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Made twice, or seen half made.")
  @State
  public static class Constant {

    private final AtomicInteger runs = new AtomicInteger();
    private final Lazy<Box> lazy = Lazy.constant(() -> Box.number(runs.incrementAndGet()));

    @Actor
    public void one(II_Result result) {
      result.r1 = lazy.get().content;
    }

    @Actor
    public void other(II_Result result) {
      result.r2 = lazy.get().content;
    }
  }

  /** A failed attempt leaves the value to the other thread. */
  @JCStressTest
  @Outcome(
      id = {"-1, 2", "2, -1"},
      expect = Expect.ACCEPTABLE,
      desc = "One failed, one made it.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The failure reached both, or none.")
  @State
  public static class FailsOnce {

    private final AtomicInteger runs = new AtomicInteger();
    private final Lazy<Box> lazy = Lazy.of(() -> {
      int run = runs.incrementAndGet();
      if (run == 1) {
        throw new IllegalArgumentException("first run");
      }
      return Box.number(run);
    });

    @Actor
    public void one(II_Result result) {
      result.r1 = contentOrMinusOne();
    }

    @Actor
    public void other(II_Result result) {
      result.r2 = contentOrMinusOne();
    }

    private int contentOrMinusOne() {
      try {
        return lazy.get().content;
      } catch (IllegalArgumentException e) {
        return -1;
      }
    }
  }

  /** Two values that need each other, made by two threads: nobody waits for ever. */
  @JCStressTest
  @Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "Both hear of the circle.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "One of them got a value.")
  @State
  public static class Circle {

    private final Lazy<Box> left = Lazy.of("left", () -> right().get());
    private final Lazy<Box> right = Lazy.of("right", left::get);

    private Lazy<Box> right() {
      return right;
    }

    @Actor
    public void one(II_Result result) {
      result.r1 = contentOrMinusOne(left);
    }

    @Actor
    public void other(II_Result result) {
      result.r2 = contentOrMinusOne(right);
    }

    private static int contentOrMinusOne(Lazy<Box> lazy) {
      try {
        return lazy.get().content;
      } catch (IllegalStateException e) {
        return -1;
      }
    }
  }
}
