package dev.touchstone.patterns.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends to a journal, at random moments: what it acknowledged is there. */
class JournalKillTest {

  private static final long SEED = 7;

  @TempDir
  Path directory;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void tenKillsLoseNothing() throws Exception {
    kill(10);
  }

  @Test
  @Tag("stress")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void twoHundredKillsLoseNothing() throws Exception {
    kill(200);
  }

  private void kill(int rounds) throws Exception {
    var random = new Random(SEED);
    long last = 0;
    for (int round = 0; round < rounds; round++) {
      long acknowledged =
          appendUntilKilled(random.nextInt(300), round % 2 == 0 ? "every" : "group");
      long found = check();
      assertThat(found).as("round %d", round).isGreaterThanOrEqualTo(Math.max(last, acknowledged));
      last = found;
    }
    assertThat(last).isPositive();
  }

  /** Returns the number of the last command that the process had acknowledged when it died. */
  private long appendUntilKilled(int acknowledgements, String sync) throws IOException {
    var process = JournalProcess.start(JournalProcess.Appender.class, directory.toString(), sync);
    try (var output = process.inputReader()) {
      var last = output.readLine(); // it has begun
      for (int i = 0; i < acknowledgements && last != null; i++) {
        last = output.readLine();
      }
      process.toHandle().destroyForcibly(); // signal 9; that of the process would close its output
      var rest = last;
      while (rest != null && rest.matches("\\d+;")) { // what it could still say before it died
        last = rest;
        rest = output.readLine();
      }
      assertThat(last).as("the process appended until it was killed").matches("\\d+;");
      return Long.parseLong(last.substring(0, last.length() - 1));
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Returns how many commands the journal has, having checked that none is missing or foreign. */
  private long check() {
    try (var journal = Journal.of(new JournalTest.TextCodec()).open(directory)) {
      var commands = new ArrayList<String>();
      journal.replay(commands::add);
      long before = journal.sequence() - commands.size();
      assertThat(journal.snapshot().map(bytes -> new String(bytes, StandardCharsets.US_ASCII)))
          .isEqualTo(before == 0 ? Optional.empty() : Optional.of("" + before));
      assertThat(commands).isEqualTo(expected(before, commands.size()));
      return journal.sequence();
    }
  }

  private static List<String> expected(long before, int count) {
    var expected = new ArrayList<String>();
    for (int i = 1; i <= count; i++) {
      expected.add(JournalProcess.Appender.command(before + i));
    }
    return expected;
  }
}
