package dev.touchstone.patterns.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.touchstone.patterns.command.Text.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs a history beside a model that keeps a full copy of the document for each position, with an
 * edit that throws injected at every step there is: the n-th application of an edit fails, for every
 * n that a run has.
 */
class HistoryModelTest {

  private static final int STEPS = 60;

  /** What a history must look like: all states in a line, and where in it the document is. */
  private static final class Model {

    final List<String> states = new ArrayList<>(List.of(""));
    int at;

    void execute(String state, int limit) {
      states.subList(at + 1, states.size()).clear();
      states.add(state);
      at++;
      if (at > limit) {
        states.removeFirst();
        at--;
      }
    }
  }

  /** Fails the application of an edit whose turn it is. */
  private static final class Fuse {

    int left;

    Fuse(int left) {
      this.left = left;
    }

    void burn() {
      if (left-- == 0) {
        throw new IllegalStateException("injected");
      }
    }
  }

  private record Fused(Edit<Text> edit, Fuse fuse) implements Edit<Text> {

    @Override
    public Edit<Text> applyTo(Text target) {
      fuse.burn();
      return new Fused(edit.applyTo(target), fuse);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithFullSnapshotsWhereverAnEditThrows(long seed) {
    int applications = run(seed, Integer.MAX_VALUE);

    assertThat(applications).isGreaterThan(STEPS / 2);
    for (int failing = 0; failing < applications; failing++) {
      run(seed, failing);
    }
  }

  /** Returns how many edits were applied. */
  private static int run(long seed, int failing) {
    var random = new Random(seed);
    var text = new Text();
    var fuse = new Fuse(failing);
    int limit = 1 + random.nextInt(20);
    var history = History.on(text).limit(limit).build();
    var model = new Model();
    for (int step = 0; step < STEPS; step++) {
      step(history, model, text, fuse, random, limit);
      assertThat(text)
          .as("seed %d, failing %d, step %d", seed, failing, step)
          .hasToString(model.states.get(model.at));
      assertThat(history.undoLabel().isPresent()).isEqualTo(model.at > 0);
      assertThat(history.redoLabel().isPresent()).isEqualTo(model.at < model.states.size() - 1);
      assertThat(history.positions()).hasSameSizeAs(model.states);
    }
    walkThrough(history, model, text, fuse);
    return failing - fuse.left;
  }

  private static void step(
      History<Text> history, Model model, Text text, Fuse fuse, Random random, int limit) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        var edit = randomEdit(text, random, fuse);
        if (succeeds(() -> history.execute(edit))) {
          model.execute(text.toString(), limit);
        }
      }
      case 3, 4 -> {
        boolean possible = model.at > 0;
        if (succeeds(() -> assertThat(history.undo()).isEqualTo(possible)) && possible) {
          model.at--;
        }
      }
      case 5 -> {
        boolean possible = model.at < model.states.size() - 1;
        if (succeeds(() -> assertThat(history.redo()).isEqualTo(possible)) && possible) {
          model.at++;
        }
      }
      case 6 -> {
        int count = 1 + random.nextInt(4);
        var seed = random.nextLong();
        if (succeeds(() -> history.transaction("t", tx -> {
          var inner = new Random(seed);
          for (int i = 0; i < count; i++) {
            tx.execute(randomEdit(text, inner, fuse));
          }
        }))) {
          model.execute(text.toString(), limit);
        }
      }
      default -> {
        int goal = random.nextInt(model.states.size());
        var position = history.positions().get(goal);
        if (succeeds(() -> history.goTo(position))) {
          model.at = goal;
        } else { // it stays where it got, which is one of the states in between
          model.at = history.positions().indexOf(history.position());
        }
      }
    }
  }

  private static boolean succeeds(Runnable action) {
    var thrown = catchThrowable(action::run);
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("injected");
    }
    return thrown == null;
  }

  private static Edit<Text> randomEdit(Text text, Random random, Fuse fuse) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(3));
    var before = text.toString().substring(at, end);
    var after = "" + (char) ('a' + random.nextInt(26));
    return new Fused(new Replace(at, before, after), fuse);
  }

  /** Goes to the beginning and to the end, comparing each state. */
  private static void walkThrough(History<Text> history, Model model, Text text, Fuse fuse) {
    int applied = fuse.left;
    fuse.left = Integer.MAX_VALUE;
    while (history.undo()) {
      model.at--;
      assertThat(text).hasToString(model.states.get(model.at));
    }
    assertThat(model.at).isZero();
    while (history.redo()) {
      model.at++;
      assertThat(text).hasToString(model.states.get(model.at));
    }
    assertThat(model.at).isEqualTo(model.states.size() - 1);
    fuse.left = applied;
  }
}
