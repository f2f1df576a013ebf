package dev.touchstone.examples.patterns.strategy;

/** The classic form: an interface, a class for each strategy, and a context that holds one. */
final class ClassicRoute {

  /** A way to get there. */
  interface Strategy {
    int minutes(int kilometres);
  }

  /** At the pace of a walker. */
  static final class Walk implements Strategy {
    @Override
    public int minutes(int kilometres) {
      return kilometres * 12;
    }
  }

  /** At the pace of a cyclist. */
  static final class Cycle implements Strategy {
    @Override
    public int minutes(int kilometres) {
      return kilometres * 4;
    }
  }

  private Strategy strategy = new Walk();

  void setStrategy(Strategy strategy) {
    this.strategy = strategy;
  }

  int minutes(int kilometres) {
    return strategy.minutes(kilometres);
  }
}
