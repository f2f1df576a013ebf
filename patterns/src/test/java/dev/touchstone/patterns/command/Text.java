package dev.touchstone.patterns.command;

import java.util.Optional;

/** A small document, and the edits of it that the tests use. */
final class Text {

  private final StringBuilder content = new StringBuilder();

  int length() {
    return content.length();
  }

  @Override
  public String toString() {
    return content.toString();
  }

  /** Replaces {@code before} at {@code at} by {@code after}; undone by the same with both swapped. */
  record Replace(int at, String before, String after) implements Edit<Text> {

    static Replace insert(int at, String text) {
      return new Replace(at, "", text);
    }

    @Override
    public Edit<Text> applyTo(Text target) {
      int end = at + before.length();
      if (end > target.length() || !target.content.substring(at, end).equals(before)) {
        throw new IllegalArgumentException("no " + before + " at " + at + " of " + target);
      }
      target.content.replace(at, end, after);
      return new Replace(at, after, before);
    }

    /** Merges two deletions, the later of which ends where the earlier begins: typing undone. */
    @Override
    public Optional<Edit<Text>> then(Edit<Text> next) {
      if (!(next instanceof Replace(int nextAt, String removed, String added))) {
        return Optional.empty();
      }
      if (before.equals(added) && after.equals(removed) && at == nextAt) {
        return Optional.of(Edit.none());
      }
      return after.isEmpty() && added.isEmpty() && nextAt + removed.length() == at
          ? Optional.of(new Replace(nextAt, removed + before, ""))
          : Optional.empty();
    }

    @Override
    public Optional<Object> mergeKey() {
      return Optional.of("typing");
    }

    @Override
    public String label() {
      return before.isEmpty() ? "insert " + after : "replace " + before;
    }

    @Override
    public long weight() {
      return before.length() + after.length();
    }
  }
}
