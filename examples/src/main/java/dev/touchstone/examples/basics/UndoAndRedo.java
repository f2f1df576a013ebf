package dev.touchstone.examples.basics;

import dev.touchstone.patterns.command.Edit;
import dev.touchstone.patterns.command.History;
import java.io.PrintWriter;

/**
 * Undo that is exact: applying an edit returns its inverse.
 *
 * <p>Undo by "doing the opposite" goes wrong as soon as an edit overwrites something. Here an edit that
 * is applied knows what was there before, so the inverse brings exactly that back. Several edits in a
 * transaction are undone as one, and if one of them fails, none of them has happened.
 */
final class UndoAndRedo {

  private UndoAndRedo() {}

  private record Insert(int at, String text) implements Edit<StringBuilder> {

    @Override
    public Edit<StringBuilder> applyTo(StringBuilder document) {
      document.insert(at, text);
      return new Delete(at, at + text.length());
    }
  }

  private record Delete(int from, int to) implements Edit<StringBuilder> {

    @Override
    public Edit<StringBuilder> applyTo(StringBuilder document) {
      var removed = document.substring(from, to);
      document.delete(from, to);
      return new Insert(from, removed);
    }
  }

  static void run(PrintWriter out) {
    var document = new StringBuilder("a stone");
    var history = History.on(document).build();

    history.execute(new Insert(2, "touch"));
    out.println(document);
    history.transaction("Replace", edits -> {
      edits.execute(new Delete(0, 1));
      edits.execute(new Insert(0, "the"));
    });
    out.println(document);
    history.undo(); // both edits of the transaction
    out.println(document);
    history.undo();
    out.println(document);
    history.redo();
    out.println(document);
  }
}
