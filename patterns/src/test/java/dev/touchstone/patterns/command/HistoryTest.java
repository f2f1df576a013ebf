package dev.touchstone.patterns.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.patterns.command.Text.Replace;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HistoryTest {

  private static final IllegalArgumentException FAILURE =
      new IllegalArgumentException("broken edit");

  private final Text text = new Text();
  private final History<Text> history = History.on(text).build();

  private void type(History<Text> into, String word) {
    into.execute(Replace.insert(text.length(), word));
  }

  private void type(String... words) {
    for (var word : words) {
      type(history, word);
    }
  }

  private static Edit<Text> failing() {
    return target -> {
      throw FAILURE;
    };
  }

  /** An edit that works, and whose inverse fails as often as told. */
  private static Edit<Text> irreversible(String word, int failures) {
    var left = new int[] {failures};
    return target -> {
      var inverse = Replace.insert(target.length(), word).applyTo(target);
      return undone -> {
        if (left[0]-- > 0) {
          throw FAILURE;
        }
        return inverse.applyTo(undone);
      };
    };
  }

  @Nested
  class UndoAndRedo {

    @Test
    void goBackAndForth() {
      type("a", "b");

      assertThat(history.undo()).isTrue();
      assertThat(text).hasToString("a");
      assertThat(history.undo()).isTrue();
      assertThat(text).hasToString("");
      assertThat(history.undo()).isFalse();
      assertThat(history.redo()).isTrue();
      assertThat(history.redo()).isTrue();
      assertThat(text).hasToString("ab");
      assertThat(history.redo()).isFalse();
    }

    @Test
    void sayWhatTheyWouldDo() {
      assertThat(history.undoLabel()).isEmpty();
      type("a", "b");
      history.undo();

      assertThat(history.undoLabel()).contains("insert a");
      assertThat(history.redoLabel()).contains("insert b");
    }

    @Test
    void forgetWhatWasUndoneWhenSomethingElseIsDone() {
      type("a", "b");
      history.undo();

      type("c");

      assertThat(history.redo()).isFalse();
      assertThat(text).hasToString("ac");
    }
  }

  @Nested
  class AFailure {

    @Test
    void ofAnEditLeavesTheHistoryAndWhatCanBeRedone() {
      type("a", "b");
      history.undo();

      assertThatThrownBy(() -> history.execute(failing())).isSameAs(FAILURE);

      assertThat(history.undoLabel()).contains("insert a");
      assertThat(history.redo()).isTrue();
      assertThat(text).hasToString("ab");
    }

    @Test
    void ofAnUndoLeavesTheEntryToBeTriedAgain() {
      history.execute(irreversible("a", 1));

      assertThatThrownBy(history::undo).isSameAs(FAILURE);
      assertThat(text).hasToString("a");
      assertThat(history.undo()).isTrue();
      assertThat(text).hasToString("");
    }

    @Test
    void toReturnAnInverseBreaksTheHistory() {
      assertThatThrownBy(() -> history.execute(target -> null))
          .hasMessageContaining("returned no inverse");

      assertThatExceptionOfType(HistoryBrokenException.class).isThrownBy(history::undo);
    }

    @Test
    void toReturnAnInverseAlsoBreaksTheHistoryInTheMiddleOfATransaction() {
      Edit<Text> careless = target -> {
        var inverse = Replace.insert(target.length(), "b").applyTo(target);
        return undone -> {
          inverse.applyTo(undone);
          return null;
        };
      };
      history.transaction("both", both -> {
        both.execute(Replace.insert(0, "a"));
        both.execute(careless);
      });

      assertThatExceptionOfType(RollbackFailedException.class)
          .isThrownBy(history::undo)
          .withMessageContaining("returned no inverse");

      assertThatExceptionOfType(HistoryBrokenException.class).isThrownBy(history::redo);
    }

    @Test
    void toRestoreEndsAnUndoWhereItIs() {
      var applied = new ArrayList<String>();
      Edit<Text> last = target -> undone -> {
        applied.add("undone");
        return redone -> {
          applied.add("redone");
          return failing();
        };
      };
      Edit<Text> first = target -> Edit.bySnapshot(
          "first",
          ignored -> "state",
          (ignored, state) -> {
            throw FAILURE;
          },
          ignored -> {
            throw FAILURE;
          });
      history.transaction("both", both -> {
        both.execute(first);
        both.execute(last);
      });

      assertThatExceptionOfType(RollbackFailedException.class).isThrownBy(history::undo);

      assertThat(applied).containsExactly("undone"); // nobody knows what "redone" would be done to
    }

    @Test
    void toWeighAtLeastNothingBreaksTheHistory() {
      var edit = new Edit<Text>() {
        @Override
        public Edit<Text> applyTo(Text target) {
          return this;
        }

        @Override
        public long weight() {
          return -1;
        }

        @Override
        public String label() {
          return "light";
        }
      };

      assertThatIllegalArgumentException()
          .isThrownBy(() -> history.execute(edit))
          .withMessage("the weight of an edit must be at least 0, that of light was -1");
      assertThatExceptionOfType(HistoryBrokenException.class).isThrownBy(history::undo);
    }

    @Test
    void isWhatAnEditGetsThatUsesItsHistory() {
      Edit<Text> nesting = target -> {
        type("a");
        return Edit.none();
      };

      assertThatIllegalStateException()
          .isThrownBy(() -> history.execute(nesting))
          .withMessage(
              "an edit must not use the history that applies it; give the edit all it needs, "
                  + "or execute several in a transaction");
    }
  }

  @Nested
  class ATransaction {

    @Test
    void isOneEntry() {
      history.transaction("Rename", tx -> {
        tx.execute(Replace.insert(0, "a"));
        tx.execute(Replace.insert(1, "b"));
      });

      assertThat(history.undoLabel()).contains("Rename");
      history.undo();
      assertThat(text).hasToString("");
      history.redo();
      assertThat(text).hasToString("ab");
    }

    @Test
    void takesAlsoWhatIsExecutedOnTheHistory() {
      history.transaction("Both", tx -> type("a", "b"));

      history.undo();

      assertThat(text).hasToString("");
    }

    @Test
    void isTakenBackWhenItThrows() {
      type("x");
      history.undo();

      assertThatThrownBy(() -> history.transaction("Fails", tx -> {
            type("a", "b");
            throw FAILURE;
          }))
          .isSameAs(FAILURE);

      assertThat(text).hasToString("");
      assertThat(history.redoLabel()).contains("insert x");
    }

    @Test
    void leavesNoEntryWhenItDidNothing() {
      history.transaction("Nothing", tx -> {});

      assertThat(history.undo()).isFalse();
    }

    @Test
    void insideAnotherBecomesPartOfIt() {
      history.transaction("Outer", outer -> {
        type("a");
        history.transaction("Inner", inner -> type("b"));
        type("c");
      });

      assertThat(history.undoLabel()).contains("Outer");
      history.undo();
      assertThat(text).hasToString("");
    }

    @Test
    void insideAnotherTakesBackOnlyItsOwn() {
      history.transaction("Outer", outer -> {
        type("a");
        assertThatThrownBy(() -> history.transaction("Inner", inner -> {
              type("b");
              throw FAILURE;
            }))
            .isSameAs(FAILURE);
        type("c");
      });

      assertThat(text).hasToString("ac");
      history.undo();
      assertThat(text).hasToString("");
    }

    @Test
    void breaksTheHistoryWhenItCannotBeTakenBack() {
      var cause = new IllegalStateException("body");

      assertThatThrownBy(() -> history.transaction("Fails", tx -> {
            type("a");
            tx.execute(irreversible("b", 1));
            throw cause;
          }))
          .isSameAs(cause)
          .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(FAILURE));

      assertThat(history).hasToString("History[0 entries, broken]");
      assertThatExceptionOfType(HistoryBrokenException.class)
          .isThrownBy(() -> type("c"))
          .withMessageStartingWith(
              "the history is broken, for its target may be in any state since: ")
          .withMessageEndingWith("; put the target right and call reset()")
          .havingRootCause()
          .isSameAs(cause);
    }

    @Test
    void cannotGoOnAfterAnEditThatBrokeTheHistory() {
      assertThatExceptionOfType(HistoryBrokenException.class)
          .isThrownBy(() -> history.transaction("Ignores", tx -> {
            try {
              tx.execute(target -> null);
            } catch (RollbackFailedException e) {
              // as careless code does
            }
          }));

      assertThat(history.toString()).contains("broken");
    }

    @Test
    void doesNotUndoRedoSealOrMark() {
      var message = " is not possible inside a transaction; let it end first";

      history.transaction("Outer", tx -> {
        assertThatIllegalStateException().isThrownBy(history::undo).withMessage("undo" + message);
        assertThatIllegalStateException().isThrownBy(history::redo).withMessage("redo" + message);
        assertThatIllegalStateException().isThrownBy(history::seal).withMessage("seal" + message);
        assertThatIllegalStateException()
            .isThrownBy(history::markClean)
            .withMessage("markClean" + message);
        assertThatIllegalStateException().isThrownBy(history::reset).withMessage("reset" + message);
      });
    }

    @Test
    void isUndoneAllOrNotAtAll() {
      history.transaction("Two", tx -> {
        tx.execute(irreversible("a", 1));
        tx.execute(Replace.insert(1, "b"));
      });

      assertThatThrownBy(history::undo).isSameAs(FAILURE);
      assertThat(text).hasToString("ab");
      assertThat(history.undo()).isTrue();
      assertThat(text).hasToString("");
    }
  }

  @Test
  void beginsAnewWhenReset() {
    type("a");
    assertThatThrownBy(() -> history.execute(target -> null));

    history.reset();

    assertThat(history.undo()).isFalse();
    assertThat(history.isClean()).isFalse();
    type("b");
    history.undo();
    assertThat(text).hasToString("a");
  }

  @Nested
  class Clean {

    @Test
    void isTheStateAtFirst() {
      assertThat(history.isClean()).isTrue();
      type("a");
      assertThat(history.isClean()).isFalse();
      history.undo();
      assertThat(history.isClean()).isTrue();
    }

    @Test
    void isTheStateThatWasMarked() {
      type("a");
      history.markClean();
      assertThat(history.isClean()).isTrue();
      history.undo();
      assertThat(history.isClean()).isFalse();
      history.redo();
      assertThat(history.isClean()).isTrue();
    }

    @Test
    void isNotWhatATransactionHasChanged() {
      var seen = new ArrayList<Boolean>();
      history.transaction("t", tx -> {
        seen.add(history.isClean());
        type("a");
        seen.add(history.isClean());
      });

      assertThat(seen).containsExactly(true, false);
    }

    @Test
    void isNothingOnceItsPositionIsDropped() {
      type("a");
      history.markClean();
      history.undo();

      type("b");
      history.undo();
      type("a");

      assertThat(history.isClean()).isFalse();
      history.markClean();
      assertThat(history.isClean()).isTrue();
    }

    @Test
    void isLostWhenItIsTooOldToBeReached() {
      var short2 = History.on(text).limit(2).build();
      IntStream.range(0, 3).forEach(i -> type(short2, "x"));

      while (short2.undo()) {}

      assertThat(text).hasToString("x");
      assertThat(short2.isClean()).isFalse();
    }
  }

  @Nested
  class Limits {

    @Test
    void dropTheOldestEntries() {
      var limited = History.on(text).limit(3).build();
      IntStream.range(0, 10).forEach(i -> type(limited, "" + i));

      while (limited.undo()) {}

      assertThat(text).hasToString("0123456");
      assertThat(limited).hasToString("History[3 entries]");
    }

    @Test
    void dropTheOldestUntilTheWeightIsKept() {
      var limited = History.on(text).maxWeight(5).build();
      type(limited, "aa");
      type(limited, "bb");
      type(limited, "cc");

      while (limited.undo()) {}

      assertThat(text).hasToString("aa");
    }

    @Test
    void letTheOldestBeForgottenThoughSomebodyRemembersAPosition() {
      var limited = History.on(text).limit(2).build();
      var labels = new ArrayList<WeakReference<String>>();
      var oldest = limited.position(); // which is also the clean one
      for (int i = 0; i < 1_000_000; i++) {
        var label = "entry " + i;
        if (i % 10_000 == 0) {
          labels.add(new WeakReference<>(label));
        }
        limited.execute(Edit.bySnapshot(label, target -> "", (target, state) -> {}, target -> {}));
      }

      Awaitility.await().untilAsserted(() -> {
        System.gc();
        assertThat(labels).allSatisfy(label -> assertThat(label.get()).isNull());
      });
      assertThat(limited.isClean()).isFalse();
      assertThatIllegalArgumentException().isThrownBy(() -> limited.goTo(oldest));
    }

    @Test
    void keepTheLastEntryHoweverHeavy() {
      var limited = History.on(text).maxWeight(5).build();
      type(limited, "0123456789");

      assertThat(limited.undo()).isTrue();
      assertThat(text).hasToString("");
    }

    @Test
    void areAtLeastOne() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> History.on(text).limit(0))
          .withMessage("entries must be at least 1, was 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> History.on(text).maxWeight(0))
          .withMessage("weight must be at least 1, was 0");
    }
  }

  @Nested
  class Coalescing {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final History<Text> typing =
        History.on(text).coalesce(Duration.ofMillis(500)).clock(now::get).build();

    private void advance(long millis) {
      now.updateAndGet(instant -> instant.plusMillis(millis));
    }

    private void typeSlowly(String... words) {
      for (var word : words) {
        type(typing, word);
        advance(500);
      }
    }

    @Test
    void makesOneEntryOfEditsThatFollowClosely() {
      typeSlowly("a", "b", "c");

      assertThat(typing).hasToString("History[1 entries]");
      typing.undo();
      assertThat(text).hasToString("");
      typing.redo();
      assertThat(text).hasToString("abc");
    }

    @Test
    void doesNotMergeAcrossTheWindow() {
      typeSlowly("a");
      advance(1);
      typeSlowly("b");

      typing.undo();
      assertThat(text).hasToString("a");
    }

    @Test
    void doesNotMergeWhatDoesNotAgree() {
      typeSlowly("a");
      typing.execute(Replace.insert(0, "b"));

      typing.undo();
      assertThat(text).hasToString("a");
    }

    @Test
    void doesNotMergeAcrossSealMarkUndoRedoOrTransaction() {
      typeSlowly("a");
      typing.seal();
      typeSlowly("b");
      typing.markClean();
      typeSlowly("c");
      typing.undo();
      typing.redo();
      typeSlowly("d");
      typing.transaction("t", tx -> tx.execute(Replace.insert(4, "e")));
      typeSlowly("f");

      assertThat(typing).hasToString("History[6 entries]");
    }

    @Test
    void leavesNothingOfEditsThatCancel() {
      typeSlowly("a");
      typing.seal();
      typeSlowly("b");
      typing.execute(new Replace(1, "b", ""));

      assertThat(text).hasToString("a");
      assertThat(typing).hasToString("History[1 entries]");
      typing.undo();
      assertThat(text).hasToString("");
    }

    @Test
    void isOffByDefault() {
      type("a", "b");

      assertThat(history).hasToString("History[2 entries]");
    }

    @Test
    void needsAWindow() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> History.on(text).coalesce(Duration.ZERO))
          .withMessage("window must be positive, was PT0S");
    }
  }

  @Nested
  class Positions {

    @Test
    void areReachedDirectly() {
      type("a", "b", "c");
      var end = history.position();
      var positions = history.positions();

      history.goTo(positions.get(1));
      assertThat(text).hasToString("a");
      history.goTo(positions.get(0));
      assertThat(text).hasToString("");
      history.goTo(end);
      assertThat(text).hasToString("abc");
      assertThat(positions)
          .hasToString(
              "[Position[oldest], Position[insert a], Position[insert b], Position[insert c]]");
    }

    @Test
    @Timeout(20) // minutes, if each step looked through all others
    void areReachedSoonHoweverFar() {
      var counter = new AtomicInteger();
      var counts = History.on(counter).limit(200_000).branching().build();
      var start = counts.position();
      var ends = new ArrayList<Position>();
      for (int branch = 0; branch < 2; branch++) {
        counts.goTo(start);
        for (int i = 0; i < 80_000; i++) {
          counts.execute(add(1));
        }
        ends.add(counts.position());
      }

      counts.goTo(ends.getFirst());

      assertThat(counter).hasValue(80_000);
    }

    private static Edit<AtomicInteger> add(int number) {
      return target -> {
        target.addAndGet(number);
        return add(-number);
      };
    }

    @Test
    void areKeptOnBranches() {
      var branching = History.on(text).branching().build();
      type(branching, "a");
      type(branching, "b");
      var first = branching.position();
      branching.undo();
      type(branching, "c");
      var second = branching.position();

      branching.goTo(first);
      assertThat(text).hasToString("ab");
      branching.goTo(second);
      assertThat(text).hasToString("ac");
      branching.undo();
      assertThat(branching.redoLabel()).contains("insert c");
    }

    @Test
    void areRefusedOnceDropped() {
      type("a");
      var dropped = history.position();
      history.undo();
      type("b");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> history.goTo(dropped))
          .withMessage("Position[insert a] is not, or no longer, a position of this history");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> history.goTo(History.on(text).build().position()));
    }

    @Test
    void stayWhereAFailureOnTheWayLeftThem() {
      type("a");
      history.execute(irreversible("b", 1));
      type("c");
      var start = history.positions().getFirst();

      assertThatThrownBy(() -> history.goTo(start)).isSameAs(FAILURE);
      assertThat(text).hasToString("ab");
      history.goTo(start);
      assertThat(text).hasToString("");
    }
  }

  @Nested
  class Changes {

    private final List<String> seen = new ArrayList<>();

    @Test
    void areAnnouncedInOrder() {
      history.changes().subscribe(change -> seen.add(change.kind() + " " + change.label()));

      type("a");
      history.undo();
      history.redo();
      history.markClean();
      history.transaction("t", tx -> type("b", "c"));
      history.reset();

      assertThat(seen)
          .containsExactly(
              "EXECUTED insert a",
              "UNDONE insert a",
              "REDONE insert a",
              "MARKED_CLEAN ",
              "EXECUTED t",
              "RESET ");
    }

    @Test
    void mayLeadToOthersWhichComeAfter() {
      history.changes().subscribe(change -> {
        if (change.label().equals("insert a")) {
          type("b");
        }
      });
      history.changes().subscribe(change -> seen.add(change.label() + " of " + text));

      type("a");

      assertThat(seen).containsExactly("insert a of ab", "insert b of ab");
    }

    @Test
    void areNotUndoneByAListenerThatFails() {
      history.changes().subscribe(change -> {
        throw FAILURE;
      });

      type("a");

      assertThat(history.undoLabel()).contains("insert a");
    }
  }

  @Nested
  class Threads {

    @Test
    void areKeptOutByDefault() throws Exception {
      type("a");
      try (var executor = Executors.newSingleThreadExecutor()) {
        var other = executor.submit(() -> history.undo());

        assertThatThrownBy(other::get)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("this history belongs to ")
            .hasMessageEndingWith("; use it on one thread, or build it with locking()");
      }
      assertThat(text).hasToString("a");
    }

    @Test
    void takeTurnsWhenItLocks() {
      var locking = History.on(text).locking().limit(100_000).build();
      var seen = new ArrayList<String>();
      locking.changes().subscribe(change -> seen.add(change.label()));
      int edits = 2_000;

      try (var executor = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < edits; i++) {
          executor.execute(
              () -> locking.execute(target -> Replace.insert(0, "x").applyTo(target)));
        }
      }

      assertThat(text.length()).isEqualTo(edits);
      assertThat(seen).hasSize(edits);
      while (locking.undo()) {}
      assertThat(text).hasToString("");
    }

    @Test
    void callListenersWithoutTheLock() throws Exception {
      var locking = History.on(text).locking().build();
      var result = new AtomicReference<String>();
      locking.changes().subscribe(change -> {
        var other =
            Thread.startVirtualThread(() -> result.set(locking.undoLabel().orElseThrow()));
        other.join();
      });

      type(locking, "a");

      assertThat(result).hasValue("insert a");
    }
  }

  @Nested
  class ASnapshotEdit {

    private final Edit<Text> shout = Edit.bySnapshot(
        "shout",
        Text::toString,
        (target, before) -> new Replace(0, target.toString(), before).applyTo(target),
        target ->
            new Replace(0, target.toString(), target.toString().toUpperCase()).applyTo(target));

    @Test
    void isUndoneByRestoring() {
      type("hello");
      history.execute(shout);
      assertThat(text).hasToString("HELLO");

      history.undo();
      assertThat(text).hasToString("hello");
      history.redo();
      assertThat(text).hasToString("HELLO");
      assertThat(history.undoLabel()).contains("shout");
    }

    @Test
    void restoresTheStateWhenItsChangeThrows() {
      type("hello");
      var failing = Edit.<Text, String>bySnapshot(
          "fails",
          Text::toString,
          (target, before) -> new Replace(0, target.toString(), before).applyTo(target),
          target -> {
            Replace.insert(0, "half").applyTo(target);
            throw FAILURE;
          });

      assertThatThrownBy(() -> history.execute(failing)).isSameAs(FAILURE);
      assertThat(text).hasToString("hello");
    }

    @Test
    void breaksTheHistoryWhenTheStateCannotBeRestored() {
      var failing = Edit.<Text, String>bySnapshot(
          "fails",
          Text::toString,
          (target, before) -> {
            throw new IllegalStateException("restore");
          },
          target -> {
            throw FAILURE;
          });

      assertThatExceptionOfType(RollbackFailedException.class)
          .isThrownBy(() -> history.execute(failing));
      assertThatExceptionOfType(HistoryBrokenException.class).isThrownBy(history::undo);
    }
  }
}
