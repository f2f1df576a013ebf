package dev.touchstone.examples.patterns.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.patterns.command.Codec;
import dev.touchstone.patterns.command.Edit;
import dev.touchstone.patterns.command.History;
import dev.touchstone.patterns.command.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

  private final Volume volume = new Volume();

  @Nested
  class TheForms {

    @Test
    void aRecordReturnsWhatUndoesIt() {
      var history = History.on(volume).build();

      history.execute(new Louder(20));
      assertThat(volume.level()).isEqualTo(70);
      history.undo();
      assertThat(volume.level()).isEqualTo(50);
      history.redo();
      assertThat(volume.level()).isEqualTo(70);
    }

    @Test
    void theClassicFormRemembers() {
      var command = new ClassicCommand.SetVolume(volume, 70);

      command.execute();
      assertThat(volume.level()).isEqualTo(70);
      command.undo();
      assertThat(volume.level()).isEqualTo(50);
    }
  }

  @Nested
  class UndoByTheOppositeOperation {

    @Test
    void naivelyDoesNotGoBack() {
      volume.set(95);

      volume.set(volume.level() + 10); // do: louder, which stops at 100
      volume.set(volume.level() - 10); // undo: quieter

      assertThat(volume.level()).isEqualTo(90);
    }

    @Test
    void isNotNeededIfDoingReturnsTheInverse() {
      volume.set(95);
      var history = History.on(volume).build();

      history.execute(new Louder(10));
      history.undo();

      assertThat(volume.level()).isEqualTo(95);
    }
  }

  @Nested
  class OneCommandExecutedTwice {

    @Test
    void naivelyForgetsWhereItCameFrom() {
      var mute = new ClassicCommand.SetVolume(volume, 0);
      mute.execute();
      mute.execute();

      mute.undo();
      mute.undo();

      assertThat(volume.level()).isZero();
    }

    @Test
    void goesBackStepByStep() {
      Edit<Volume> mute = new Louder(-100);
      var history = History.on(volume).build();
      history.execute(mute);
      history.execute(mute);

      history.undo();
      history.undo();

      assertThat(volume.level()).isEqualTo(50);
    }
  }

  @Nested
  class RedoAfterSomethingElse {

    /** Two stacks, as in many tutorials. */
    private final class NaiveHistory {

      private final ArrayDeque<ClassicCommand> done = new ArrayDeque<>();
      private final ArrayDeque<ClassicCommand> undone = new ArrayDeque<>();

      void execute(ClassicCommand command) {
        command.execute();
        done.push(command); // and what was undone is still there
      }

      void undo() {
        var last = done.pop();
        last.undo();
        undone.push(last);
      }

      boolean redo() {
        if (undone.isEmpty()) {
          return false;
        }
        execute(undone.pop());
        return true;
      }
    }

    @Test
    void naivelyDoesWhatNoLongerFits() {
      var history = new NaiveHistory();
      history.execute(new ClassicCommand.SetVolume(volume, 60));
      history.undo();
      history.execute(new ClassicCommand.SetVolume(volume, 10));

      assertThat(history.redo()).isTrue();
      assertThat(volume.level()).isEqualTo(60);
    }

    @Test
    void isNotPossible() {
      var history = History.on(volume).build();
      history.execute(new Louder(10));
      history.undo();
      history.execute(new Louder(-40));

      assertThat(history.redo()).isFalse();
      assertThat(volume.level()).isEqualTo(10);
    }
  }

  @Nested
  class ACommandThatFailsInTheMiddle {

    private static final IllegalStateException FAILURE = new IllegalStateException("second");

    @Test
    void naivelyLeavesHalfOfAGroupDone() {
      List<Runnable> group = List.of(() -> volume.set(70), () -> {
        throw FAILURE;
      });

      try {
        group.forEach(Runnable::run);
      } catch (IllegalStateException e) {
        // reported to the user, say
      }

      assertThat(volume.level()).isEqualTo(70);
    }

    @Test
    void isTakenBackWithItsTransaction() {
      var history = History.on(volume).build();
      var reported = new ArrayList<Throwable>();

      try {
        history.transaction("both", tx -> {
          tx.execute(new Louder(20));
          tx.execute(target -> {
            throw FAILURE;
          });
        });
      } catch (IllegalStateException e) {
        reported.add(e);
      }

      assertThat(reported).containsExactly(FAILURE);
      assertThat(volume.level()).isEqualTo(50);
    }
  }

  @Nested
  class ALogWrittenByAnInterruptedThread {

    private static final byte[] COMMAND = {1, 2, 3};

    /** Commands that are bytes already. */
    private static final class Bytes implements Codec<byte[]> {

      @Override
      public byte[] encode(byte[] command) {
        return command;
      }

      @Override
      public byte[] decode(byte[] bytes) {
        return bytes;
      }
    }

    @TempDir
    Path directory;

    @AfterEach
    void clearTheFlag() {
      Thread.interrupted();
    }

    @Test
    void naivelyIsClosedUnderAllOthers() throws IOException {
      try (var log = FileChannel.open(
          directory.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(ClosedByInterruptException.class)
            .isThrownBy(() -> log.write(ByteBuffer.wrap(COMMAND)));

        assertThat(log.isOpen()).isFalse();
      }
    }

    @Test
    void goesOnIfItIsAJournal() {
      try (var journal = Journal.of(new Bytes()).open(directory)) {
        Thread.currentThread().interrupt();

        journal.append(COMMAND);
        journal.append(COMMAND);

        assertThat(journal.sequence()).isEqualTo(2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      }
    }
  }
}
