package dev.touchstone.examples.patterns.command;

import dev.touchstone.patterns.command.Edit;

/** A command that remembers nothing: doing it returns what undoes it. */
record Louder(int by) implements Edit<Volume> {

  @Override
  public Edit<Volume> applyTo(Volume volume) {
    int before = volume.level();
    volume.set(before + by);
    return new SetTo(before);
  }

  private record SetTo(int level) implements Edit<Volume> {
    @Override
    public Edit<Volume> applyTo(Volume volume) {
      int before = volume.level();
      volume.set(level);
      return new SetTo(before);
    }
  }
}
