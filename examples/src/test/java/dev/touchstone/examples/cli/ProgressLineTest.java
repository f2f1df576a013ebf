package dev.touchstone.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private static final String ERASE = "\r\u001b[K";

  private final StringWriter err = new StringWriter();
  private final AtomicLong now = new AtomicLong(42);

  private ProgressLine line(int columns) {
    return new ProgressLine(new PrintWriter(err), new Terminal(columns), now::get);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Nested
  class OnATerminal {

    @Test
    void isWrittenOver() {
      try (var line = line(80)) {
        pass(Duration.ofMillis(100));
        line.show(() -> "one");
        pass(Duration.ofMillis(100));
        line.show(() -> "two");
      }

      assertThat(err).hasToString(ERASE + "one" + ERASE + "two" + ERASE);
    }

    @Test
    void isShownTenTimesASecondAtMost() {
      var line = line(80);
      pass(Duration.ofMillis(99));
      line.show(() -> "too early");

      assertThat(err.toString()).isEmpty();
    }

    @Test
    void neverFillsTheLastColumn() {
      var line = line(5);
      pass(Duration.ofSeconds(1));
      line.show(() -> "123456");

      assertThat(err).hasToString(ERASE + "1234");
    }

    @Test
    void leavesNothingBehindIfItWasNeverShown() {
      line(80).close();

      assertThat(err.toString()).isEmpty();
    }
  }

  @Nested
  class InAFile {

    @Test
    void isANewLineEveryTwoSeconds() {
      try (var line = line(0)) {
        pass(Duration.ofSeconds(2));
        line.show(() -> "one");
        pass(Duration.ofMillis(1_999));
        line.show(() -> "too early");
        pass(Duration.ofMillis(1));
        line.show(() -> "two");
      }

      assertThat(err).hasToString("one\ntwo\n");
    }
  }
}
