package dev.touchstone.examples.patterns.command;

/** The classic form: a command is executed and undone, and remembers what it needs for that. */
interface ClassicCommand {

  void execute();

  void undo();

  /** Sets a volume. */
  final class SetVolume implements ClassicCommand {

    private final Volume volume;
    private final int level;
    private int before;

    SetVolume(Volume volume, int level) {
      this.volume = volume;
      this.level = level;
    }

    @Override
    public void execute() {
      before = volume.level();
      volume.set(level);
    }

    @Override
    public void undo() {
      volume.set(before);
    }
  }
}
