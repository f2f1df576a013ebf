package dev.touchstone.examples.pluginapp.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes that edit, at any moment, with {@code kill -9}. */
class KilledEditorTest {

  private static final int KILLS = 3;

  @TempDir
  private Path folder;

  @Test
  @Timeout(120)
  void losesNoEditThatItHasSaidToHaveDone() throws Exception {
    var file = folder.resolve("recipe.yaml");
    var random = new Random();
    var done = 0;
    for (var kill = 0; kill < KILLS; kill++) {
      done = edit(file, done, 1 + random.nextInt(30));
      try (var editor = RecipeEditor.open(file)) {
        var found =
            (int) editor.yaml().lines().filter(line -> line.contains("step")).count();
        assertThat(found).isGreaterThanOrEqualTo(done); // one more may be there, that was not told
        for (var number = 0; number < found; number++) {
          assertThat(editor.yaml()).contains("{step: {number: " + number + "}}");
        }
        done = found;
      }
    }
    try (var editor = RecipeEditor.open(file)) { // and all of it can be undone
      for (var number = done; number > 0; number--) {
        editor.execute("undo");
      }
      assertThat(editor.yaml()).doesNotContain("step");
      assertThat(editor.undoLabel()).isEmpty();
    }
  }

  /** Runs the program, kills it after some edits, and returns how many it has said to have done. */
  private int edit(Path file, int from, int count) throws Exception {
    var process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledEditor.class.getName(),
            file.toString(),
            Integer.toString(from))
        .redirectError(folder.resolve("err.log").toFile())
        .start();
    var done = from;
    try (var out = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var number = 0; number < count; number++) {
        done = Integer.parseInt(String.valueOf(out.readLine())) + 1;
      }
      process
          .toHandle()
          .destroyForcibly(); // which, unlike that of the process, leaves the pipe open
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        done = line.matches("\\d+") ? Math.max(done, Integer.parseInt(line) + 1) : done;
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return done;
  }
}
