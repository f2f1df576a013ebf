package dev.touchstone.patterns.command;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/** Programs that use a journal in a process of their own. */
final class JournalProcess {

  private JournalProcess() {}

  static Process start(Class<?> program, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        String.join(
            System.getProperty("path.separator"),
            location(Journal.class),
            location(program),
            location(Logger.class)),
        program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String location(Class<?> type) {
    return Path.of(
            URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** Opens the journal in a directory, and says how that went. */
  static final class Opener {

    private Opener() {}

    public static void main(String[] arguments) {
      try (var journal = Journal.of(new JournalTest.TextCodec()).open(Path.of(arguments[0]))) {
        System.out.println("opened " + journal);
      } catch (JournalException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** Appends commands until it is killed, and now and then takes a snapshot. */
  static final class Appender {

    private Appender() {}

    static String command(long number) {
      return number + "x".repeat((int) (number % 5_000));
    }

    public static void main(String[] arguments) {
      var sync = arguments[1].equals("every") ? Sync.every() : Sync.group(Duration.ZERO);
      try (var journal =
          Journal.of(new JournalTest.TextCodec()).sync(sync).open(Path.of(arguments[0]))) {
        acknowledge(journal.sequence());
        while (true) {
          long number = journal.append(command(journal.sequence() + 1));
          acknowledge(number);
          if (number % 97 == 0) {
            journal.snapshot(number, ("" + number).getBytes(StandardCharsets.US_ASCII));
          }
        }
      }
    }

    private static void acknowledge(long number) {
      System.out.println(number + ";");
      System.out.flush();
    }
  }
}
