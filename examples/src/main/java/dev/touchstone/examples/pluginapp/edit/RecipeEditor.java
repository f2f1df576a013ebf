package dev.touchstone.examples.pluginapp.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.touchstone.patterns.command.History;
import dev.touchstone.patterns.command.Journal;
import dev.touchstone.patterns.command.JournalException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Edits the recipe in a file, line by line:
 *
 * <pre>
 * source csv file=minerals.csv
 * add filter field=price above=100
 * set 1 above=200
 * undo
 * </pre>
 *
 * <p>Between {@code macro NAME} and {@code end}, lines are kept, and then done and undone as one;
 * {@code rollback} drops them.
 *
 * <p>A line is in the journal, the folder {@code FILE.edit}, before it is done. When the editor of a
 * process that died is opened again, everything is there, what can be undone and redone too; the file
 * itself is written by {@link #save} only. One editor of one process at a time can have a file open. Not
 * for several threads.
 */
public final class RecipeEditor implements AutoCloseable {

  private static final String SAVE = "save";

  private final Path file;
  private final Journal<String> journal;
  private final Draft draft;
  private final History<Draft> history;
  private final long recovered;
  private String saved;
  private @Nullable List<String> macro; // its name, and its lines so far

  private RecipeEditor(Path file, Journal<String> journal) {
    this.file = file;
    this.journal = journal;
    var text = read(file);
    var start = journal.snapshot().map(bytes -> new String(bytes, UTF_8));
    var lines = new ArrayList<String>();
    journal.replay(lines::add);
    if (lines.isEmpty() && start.filter(text::equals).isEmpty()) {
      journal.snapshot(journal.sequence(), text.getBytes(UTF_8));
    }
    saved = lines.isEmpty() ? text : start.orElse("");
    draft = Draft.parse(file, saved);
    history = History.on(draft).build();
    lines.forEach(this::redo);
    recovered = lines.size();
    if (draft.toYaml().equals(text)) { // also if the process died before it noted that it had saved
      saved = text;
      history.markClean();
    }
    if (!saved.equals(text)) {
      throw new EditException(
          ("%s was changed by somebody else since the edits that are kept in %s; "
                  + "delete that folder to drop those, or put the file back")
              .formatted(file, journalOf(file)));
    }
  }

  /**
   * Opens the editor of a file, which need not be there, with the edits that were not saved.
   *
   * @throws EditException if the file cannot be read or was changed beside the edits, or if another
   *     editor has it open
   * @throws dev.touchstone.examples.yaml.YamlException if the file is no recipe
   */
  public static RecipeEditor open(Path file) {
    requireNonNull(file, "file");
    Journal<String> journal;
    try {
      journal = Journal.of(LineCodec.INSTANCE).open(journalOf(file));
    } catch (JournalException e) {
      throw new EditException("cannot keep edits in " + journalOf(file) + ": " + e.getMessage(), e);
    }
    try {
      return new RecipeEditor(file, journal);
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static Path journalOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".edit");
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new EditException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Returns how many lines were found that an editor before this one had taken and not put down. */
  public long recovered() {
    return recovered;
  }

  /** Returns the recipe as far as it is written. */
  public String yaml() {
    return draft.toYaml();
  }

  /** Returns what {@code undo} would undo; empty if there is nothing. */
  public Optional<String> undoLabel() {
    return history.undoLabel();
  }

  /** Returns what {@code redo} would do again; empty if there is nothing. */
  public Optional<String> redoLabel() {
    return history.redoLabel();
  }

  /** Returns whether there are edits that the file does not have. */
  public boolean isClean() {
    return macro == null && history.isClean();
  }

  /**
   * Takes a line.
   *
   * @throws EditException if it makes no sense at this point
   */
  public void execute(String line) {
    var action = action(line.strip());
    journal.append(line.strip());
    action.run();
  }

  /** Does a line of the journal again, which made sense when it was kept. */
  private void redo(String line) {
    if (line.equals(SAVE)) {
      saved = draft.toYaml();
      history.markClean();
    } else {
      action(line).run();
    }
  }

  /** Returns what a line does; whatever is wrong with it is said now, before anything is done. */
  private Runnable action(String line) {
    var verb = line.split(" ", 2)[0];
    if (macro != null) {
      return inMacro(verb, line, macro);
    }
    return switch (verb) {
      case "undo" -> {
        require(history.undoLabel().isPresent(), "there is nothing to undo");
        yield history::undo;
      }
      case "redo" -> {
        require(history.redoLabel().isPresent(), "there is nothing to redo");
        yield history::redo;
      }
      case "macro" -> {
        require(line.length() > "macro ".length(), "expected a name, as in: macro clean up");
        yield () -> macro = new ArrayList<>(List.of(line.substring("macro ".length())));
      }
      case "end", "rollback" ->
        throw new EditException("no macro is open; begin one with: macro NAME");
      default -> {
        var edit = EditLine.parse(line, draft);
        yield () -> history.execute(edit);
      }
    };
  }

  private Runnable inMacro(String verb, String line, List<String> open) {
    return switch (verb) {
      case "end" -> {
        tryOut(open.subList(1, open.size()));
        yield () -> {
          macro = null;
          history.transaction(
              open.getFirst(),
              edits -> open.subList(1, open.size())
                  .forEach(each -> edits.execute(EditLine.parse(each, draft))));
        };
      }
      case "rollback" -> () -> macro = null;
      case "undo", "redo", "macro" ->
        throw new EditException(verb + " is not possible in a macro; end or rollback it first");
      default -> {
        require(
            EditLine.VERBS.contains(verb),
            "'" + verb + "' is no verb; there are " + EditLine.VERBS);
        yield () -> open.add(line);
      }
    };
  }

  /** Does lines to a copy of the draft, where a mistake costs nothing. */
  private void tryOut(List<String> lines) {
    var copy = draft.copy();
    for (var line : lines) {
      EditLine.parse(line, copy).applyTo(copy);
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new EditException(message);
    }
  }

  /**
   * Writes the file: whole, or not at all if the machine dies meanwhile.
   *
   * @throws EditException if a macro is open, if there is no source or no sink, or if the file cannot
   *     be written
   */
  public void save() {
    require(macro == null, "a macro is open; end or rollback it first");
    require(
        draft.isComplete(),
        "a recipe needs a source and a sink; add what is missing, and save again");
    var text = draft.toYaml();
    try {
      var half = file.resolveSibling(file.getFileName() + ".half");
      try (var out = new FileOutputStream(half.toFile())) {
        out.write(text.getBytes(UTF_8));
        out.getFD().sync();
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      journal.append(SAVE);
    } catch (IOException e) {
      throw new EditException("cannot write " + file + ": " + e.getMessage(), e);
    }
    saved = text;
    history.markClean();
  }

  /** Puts the editor down. Edits that were not saved are there when it is opened again. */
  @Override
  public void close() {
    if (isClean()) {
      journal.snapshot(journal.sequence(), saved.getBytes(UTF_8));
    }
    journal.close();
  }
}
