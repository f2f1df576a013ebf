package dev.touchstone.concurrency.testing;

import java.util.random.RandomGenerator;

/** How a {@link Simulation} chooses the thread that goes on when several could. */
public final class Strategy {

  /** Every thread that can go on is as likely as any other. */
  public static final Strategy RANDOM = new Strategy(Kind.RANDOM, 0);

  /** The threads take turns in the order of their start. The seed has no influence on the order. */
  public static final Strategy ROUND_ROBIN = new Strategy(Kind.ROUND_ROBIN, 0);

  private enum Kind {
    RANDOM,
    ROUND_ROBIN,
    PCT
  }

  private final Kind kind;
  private final int depth;

  private Strategy(Kind kind, int depth) {
    this.kind = kind;
    this.depth = depth;
  }

  /**
   * Returns the strategy of random priorities: the thread of the highest priority goes on, and at
   * {@code depth - 1} random moments the running thread falls to the lowest.
   *
   * <p>It finds bugs that need few switches at the right moments, and so need long stretches without
   * a switch, which {@link #RANDOM} rarely makes.
   *
   * <p><b>Source:</b> S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, <i>A Randomized
   * Scheduler with Probabilistic Guarantees of Finding Bugs</i>, ASPLOS 2010.
   *
   * @param depth how many ordered switches the bug is expected to need, at least 1
   * @throws IllegalArgumentException if {@code depth} is less than 1
   */
  public static Strategy pct(int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be at least 1, was " + depth);
    }
    return new Strategy(Kind.PCT, depth);
  }

  Chooser chooser(RandomGenerator random) {
    return switch (kind) {
      case RANDOM -> runnable -> runnable.get(random.nextInt(runnable.size()));
      case ROUND_ROBIN -> new RoundRobinChooser();
      case PCT -> new PriorityChooser(random, depth);
    };
  }

  /** Returns the Java expression for this strategy. */
  String toCode() {
    return kind == Kind.PCT ? "Strategy.pct(" + depth + ")" : "Strategy." + kind;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Strategy that && kind == that.kind && depth == that.depth;
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + depth;
  }

  @Override
  public String toString() {
    return kind == Kind.PCT ? "PCT(" + depth + ")" : kind.name();
  }
}
