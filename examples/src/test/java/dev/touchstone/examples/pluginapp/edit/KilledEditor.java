package dev.touchstone.examples.pluginapp.edit;

import java.nio.file.Path;

/** The program that {@link KilledEditorTest} kills: adds transforms for ever, and says so after each. */
final class KilledEditor {

  private KilledEditor() {}

  public static void main(String[] arguments) {
    var editor = RecipeEditor.open(Path.of(arguments[0]));
    for (var number = Integer.parseInt(arguments[1]); ; number++) {
      editor.execute("add step number=" + number);
      System.out.println(number);
      System.out.flush();
    }
  }
}
