package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.edit.EditException;
import dev.touchstone.examples.pluginapp.edit.RecipeEditor;
import dev.touchstone.examples.yaml.YamlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Edits a recipe. */
@Command(
    name = "edit",
    description = {
      "Edits a recipe by lines on standard input:",
      "  name TEXT                      source PART OPTION=VALUE ...",
      "  add TRANSFORM OPTION=VALUE ... sink PART OPTION=VALUE ...",
      "  set PLACE OPTION=VALUE ...     unset PLACE OPTION   (source, sink, or 1, 2 ...)",
      "  move N M                       remove N",
      "  undo, redo                     macro NAME ... end, or rollback",
      "  show, save, quit",
      "Each line is on the disk before it is done: what was not saved is there the next time, also"
          + " after",
      "kill -9. Comments of the file are not kept."
    },
    mixinStandardHelpOptions = true)
final class PluginsEditCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RECIPE", description = "The file; it need not be there yet.")
  private Path file;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var editor = RecipeEditor.open(file)) {
      if (editor.recovered() > 0) {
        spec.commandLine()
            .getErr()
            .printf("%d edits that were not saved are here again%n", editor.recovered());
      }
      return edit(editor, in) ? ExitStatus.OK : ExitStatus.FAILED;
    } catch (EditException | YamlException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read standard input: " + e.getMessage(), e);
    }
  }

  /** Returns whether all lines made sense. */
  private boolean edit(RecipeEditor editor, BufferedReader in) throws IOException {
    var out = spec.commandLine().getOut();
    var isWell = true;
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      try {
        switch (line.strip()) {
          case "" -> {}
          case "quit" -> {
            return isWell;
          }
          case "show" -> out.print(editor.yaml());
          case "save" -> {
            editor.save();
            out.println("saved " + file);
          }
          default -> {
            editor.execute(line);
            out.println("ok " + line.strip());
          }
        }
      } catch (EditException e) {
        isWell = false;
        spec.commandLine().getErr().println("touchstone: " + e.getMessage());
      }
      out.flush();
    }
    return isWell;
  }
}
