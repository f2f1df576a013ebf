package dev.touchstone.examples.basics;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A program of one file that can be run and read. Immutable. */
public final class Lesson {

  private static final List<Lesson> ALL = List.of(
      new Lesson(
          "first-channel",
          "two producers, a bounded channel, one consumer, and an end that everybody sees",
          FirstChannel.class,
          FirstChannel::run),
      new Lesson(
          "first-call",
          "a JSON call that is made again when the server asks to come back",
          FirstCall.class,
          FirstCall::run),
      new Lesson(
          "first-event",
          "a typed event bus on which a failing listener harms nobody",
          FirstEvent.class,
          FirstEvent::run));

  private final String title;
  private final String teaches;
  private final Class<?> source;
  private final Program program;

  private Lesson(String title, String teaches, Class<?> source, Program program) {
    this.title = title;
    this.teaches = teaches;
    this.source = source;
    this.program = program;
  }

  /** What a lesson does when it is run. */
  @FunctionalInterface
  interface Program {
    void run(PrintWriter out) throws Exception;
  }

  /** Returns all lessons, in the order in which to read them. */
  public static List<Lesson> all() {
    return ALL;
  }

  /** Returns the lesson with a title, such as {@code "first-channel"}. */
  public static Optional<Lesson> named(String title) {
    return ALL.stream().filter(lesson -> lesson.title.equals(title)).findFirst();
  }

  /** Returns the name that the command line knows it by, such as {@code "first-channel"}. */
  public String title() {
    return title;
  }

  /** Returns what it teaches, in half a line. */
  public String teaches() {
    return teaches;
  }

  /**
   * Runs it in the calling thread.
   *
   * @param out where it prints
   * @throws Exception if the lesson fails, which it should not
   */
  public void run(PrintWriter out) throws Exception {
    program.run(out);
  }

  /** Returns the text of its source file. */
  public String source() {
    var file = source.getSimpleName() + ".java";
    try (var text = source.getResourceAsStream(file)) {
      if (text == null) {
        throw new IllegalStateException("the source of " + file + " is missing from the jar");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
