package dev.touchstone.examples.pluginapp.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.pluginapp.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeEditorTest {

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("prices.yaml");
  }

  private static void execute(RecipeEditor editor, String... lines) {
    for (var line : lines) {
      editor.execute(line);
    }
  }

  @Test
  void writesARecipe() throws IOException {
    try (var editor = RecipeEditor.open(file)) {
      execute(
          editor,
          "name dear minerals",
          "source csv file=minerals.csv",
          "add filter field=price above=100",
          "add map number=[price] rename={group: class}",
          "add anonymise fields=[name, owner] secret=\"a secret, told\"",
          "move 3 1",
          "set 2 above=200",
          "sink report file=out.html");
      editor.save();
    }

    assertThat(Files.readString(file)).isEqualTo("""
        recipe: "dear minerals"
        source: {csv: {file: minerals.csv}}
        transforms:
          - {anonymise: {fields: [name, owner], secret: "a secret, told"}}
          - {filter: {field: price, above: 200}}
          - {map: {number: [price], rename: {group: class}}}
        sink: {report: {file: out.html}}
        """);
    assertThat(Recipe.read(file).transforms()).hasSize(3);
  }

  @Test
  void changesARecipeThatIsThere() throws IOException {
    Files.writeString(file, """
        # minerals
        batch: 7
        source: minerals.csv
        transforms: [{filter: {field: name, matches: '^[A-M]: .'}}]
        sink: {jsonl: out.jsonl}
        """);
    try (var editor = RecipeEditor.open(file)) {
      execute(editor, "unset 1 matches", "set 1 is=Ruby");
      editor.save();
    }

    assertThat(Files.readString(file)).isEqualTo("""
        recipe: prices.yaml
        batch: 7
        source: minerals.csv
        transforms:
          - {filter: {field: name, is: Ruby}}
        sink: {jsonl: {file: out.jsonl}}
        """);
  }

  @Test
  void writesARecipeWhateverItsNamesAre() throws IOException {
    try (var editor = RecipeEditor.open(file)) {
      execute(editor, "source csv file=a.csv", "add {x}, #=1 ,y=2", "sink jsonl file=b");
      editor.save();
    }

    var step = Recipe.read(file).transforms().getFirst();
    assertThat(step.part()).contains("{x},");
    assertThat(step.options().anyMapping().values()).containsOnlyKeys("#", ",y");
  }

  @Test
  void undoesAndRedoes() {
    try (var editor = RecipeEditor.open(file)) {
      execute(editor, "source csv file=a.csv", "add filter field=x is=1");
      var both = editor.yaml();
      execute(editor, "undo", "undo");
      assertThat(editor.yaml()).isEqualTo("recipe: prices.yaml\n");
      execute(editor, "redo", "redo");

      assertThat(editor.yaml()).isEqualTo(both);
      assertThat(editor.undoLabel()).contains("add filter");
      assertThatThrownBy(() -> editor.execute("redo")).hasMessage("there is nothing to redo");
    }
  }

  @Test
  void savesNothingThatIsNoRecipe() {
    try (var editor = RecipeEditor.open(file)) {
      execute(editor, "source csv file=a.csv");

      assertThatThrownBy(editor::save)
          .isInstanceOf(EditException.class)
          .hasMessage("a recipe needs a source and a sink; add what is missing, and save again");
      assertThat(file).doesNotExist();
    }
  }

  @Nested
  class Macro {

    @Test
    void isOneEdit() {
      try (var editor = RecipeEditor.open(file)) {
        execute(editor, "macro tidy", "add filter field=x is=1", "set 1 is=2", "end");
        assertThat(editor.yaml()).contains("is: 2");
        assertThat(editor.undoLabel()).contains("tidy");

        execute(editor, "undo");
        assertThat(editor.yaml()).doesNotContain("filter");
      }
    }

    @Test
    void isDroppedByRollback() {
      try (var editor = RecipeEditor.open(file)) {
        execute(editor, "macro tidy", "add filter field=x is=1", "rollback");

        assertThat(editor.yaml()).doesNotContain("filter");
        assertThat(editor.undoLabel()).isEmpty();
      }
    }

    @Test
    void isDoneAsAWholeOrNotAtAll() {
      try (var editor = RecipeEditor.open(file)) {
        execute(editor, "macro tidy", "add filter field=x is=1", "remove 2");

        assertThatThrownBy(() -> editor.execute("end"))
            .isInstanceOf(EditException.class)
            .hasMessage("expected the number of one of the 1 transforms, found '2'");
        execute(editor, "rollback");
        assertThat(editor.yaml()).doesNotContain("filter");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fliter a=b | 'fliter' is no verb; there are name, source,",
        "add | expected the name of a part as word 2 of the line",
        "add filter field | expected an option such as field=price, found 'field'",
        "add filter field=[ | expected a value such as 12",
        "add filter field=a,b:c | expected a value such as 12",
        "remove 1 | expected the number of one of the 0 transforms, found '1'",
        "set sink file=x | there is no sink yet; add it first",
        "end | no macro is open; begin one with: macro NAME",
        "undo | there is nothing to undo",
      })
  void saysWhatIsWrongWithALineAndKeepsNothingOfIt(String line, String message) {
    try (var editor = RecipeEditor.open(file)) {
      assertThatThrownBy(() -> editor.execute(line))
          .isInstanceOf(EditException.class)
          .hasMessageStartingWith(message);
    }
    try (var editor = RecipeEditor.open(file)) {
      assertThat(editor.recovered()).isZero();
    }
  }

  @Nested
  class OpenedAgain {

    @Test
    void hasWhatWasNotSavedAndCanUndoIt() {
      try (var editor = RecipeEditor.open(file)) {
        execute(editor, "source csv file=a.csv", "add filter field=x is=1", "undo");
      }
      try (var editor = RecipeEditor.open(file)) {
        assertThat(editor.recovered()).isEqualTo(3);
        assertThat(editor.redoLabel()).contains("add filter");
        assertThat(editor.undoLabel()).contains("set csv");
        assertThat(editor.isClean()).isFalse();
      }
    }

    @Test
    void isCleanWhenItWasSaved() {
      try (var editor = RecipeEditor.open(file)) {
        execute(editor, "source csv file=a.csv", "sink jsonl file=b");
        editor.save();
      }
      try (var editor = RecipeEditor.open(file)) {
        assertThat(editor.recovered()).isZero();
        assertThat(editor.isClean()).isTrue();
        assertThat(editor.yaml()).contains("a.csv");
      }
    }

    @Test
    void seesWhatOthersWroteMeanwhile() throws IOException {
      try (var editor = RecipeEditor.open(file)) {
        execute(editor, "source csv file=a.csv", "sink jsonl file=b");
        editor.save();
      }
      Files.writeString(file, "source: b.csv\nsink: {jsonl: c}\n");
      try (var editor = RecipeEditor.open(file)) {
        assertThat(editor.yaml()).contains("b.csv");
      }
    }

    @Test
    void doesNotWriteOverWhatOthersWrote() throws IOException {
      try (var editor = RecipeEditor.open(file)) {
        execute(editor, "source csv file=a.csv");
      }
      Files.writeString(file, "source: b.csv\nsink: {jsonl: c}\n");

      assertThatThrownBy(() -> RecipeEditor.open(file))
          .isInstanceOf(EditException.class)
          .hasMessageContaining("was changed by somebody else");
    }

    @Test
    void isRefusedWhileAnotherOneIsOpen() {
      try (var editor = RecipeEditor.open(file)) {
        assertThatThrownBy(() -> RecipeEditor.open(file))
            .isInstanceOf(EditException.class)
            .hasMessageStartingWith("cannot keep edits in " + file + ".edit: ");
        assertThat(editor.isClean()).isTrue();
      }
    }
  }

  /** Any lines, with a restart anywhere, lead to the same draft as without. */
  @Test
  void isTheSameAfterAnyRestart() {
    for (var seed = 0; seed < 10; seed++) {
      var lines = lines(new Random(seed));
      var whole = folder.resolve("whole-" + seed + ".yaml");
      var broken = folder.resolve("broken-" + seed + ".yaml");
      var cut = new Random(seed).nextInt(lines.size());
      try (var editor = RecipeEditor.open(whole)) {
        attempt(editor, "name one");
        lines.forEach(line -> attempt(editor, line));
        try (var first = RecipeEditor.open(broken)) {
          attempt(first, "name one");
          lines.subList(0, cut).forEach(line -> attempt(first, line));
        }
        try (var second = RecipeEditor.open(broken)) {
          lines.subList(cut, lines.size()).forEach(line -> attempt(second, line));
          assertThat(second.yaml().replace("broken", "whole"))
              .as("seed " + seed)
              .isEqualTo(editor.yaml());
        }
      }
    }
  }

  private static List<String> lines(Random random) {
    var all = List.of(
        "add filter field=a is=b",
        "add map keep=[x]",
        "remove 1",
        "move 1 2",
        "set 1 is=c",
        "redo",
        "source csv file=s.csv",
        "sink jsonl file=o",
        "macro m",
        "end",
        "rollback",
        "undo");
    var lines = new ArrayList<String>();
    for (var i = 0; i < 20; i++) {
      lines.add(all.get(random.nextInt(all.size())));
    }
    lines.add("rollback");
    return lines;
  }

  private static void attempt(RecipeEditor editor, String line) {
    try {
      editor.execute(line);
    } catch (EditException e) {
      // what makes no sense is not kept, and must not be in the other editor either
    }
  }
}
