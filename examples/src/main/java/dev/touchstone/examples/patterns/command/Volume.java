package dev.touchstone.examples.patterns.command;

/** What the commands work on: a volume between 0 and 100. */
final class Volume {

  private int level = 50;

  int level() {
    return level;
  }

  void set(int level) {
    this.level = Math.clamp(level, 0, 100);
  }
}
