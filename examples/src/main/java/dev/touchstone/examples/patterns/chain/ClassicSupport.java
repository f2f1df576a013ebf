package dev.touchstone.examples.patterns.chain;

import org.jspecify.annotations.Nullable;

/** The classic form: each handler knows the next one. */
abstract class ClassicSupport {

  private @Nullable ClassicSupport next;

  ClassicSupport setNext(ClassicSupport next) {
    this.next = next;
    return next;
  }

  @Nullable
  String handle(int difficulty) {
    return next == null ? null : next.handle(difficulty);
  }

  /** Handles what is not too difficult. */
  static final class Level extends ClassicSupport {

    private final String name;
    private final int most;

    Level(String name, int most) {
      this.name = name;
      this.most = most;
    }

    @Override
    @Nullable
    String handle(int difficulty) {
      return difficulty <= most ? name : super.handle(difficulty);
    }
  }
}
