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
          FirstEvent::run),
      new Lesson(
          "threads-and-pools",
          "platform threads to compute, virtual threads to wait, both bounded",
          ThreadsAndPools.class,
          ThreadsAndPools::run),
      new Lesson(
          "thread-factories",
          "names, daemon threads, and a thread factory of your own",
          ThreadFactories.class,
          ThreadFactories::run),
      new Lesson(
          "graceful-shutdown",
          "what becomes of running and queued tasks at closing time",
          GracefulShutdown.class,
          GracefulShutdown::run),
      new Lesson(
          "failing-task",
          "where the failure of a task goes, so that it is not lost",
          FailingTask.class,
          FailingTask::run),
      new Lesson(
          "deterministic-test",
          "a race that the simulator finds, and finds again",
          DeterministicTest.class,
          DeterministicTest::run),
      new Lesson(
          "locks-and-their-traps",
          "a forgotten lock and a deadlock, both found by a test",
          LocksAndTheirTraps.class,
          LocksAndTheirTraps::run),
      new Lesson(
          "locks-by-key",
          "a lock for each account, and one order for all",
          LocksByKey.class,
          LocksByKey::run),
      new Lesson(
          "single-flight",
          "a hundred requests at once, one question to the backend",
          SingleFlights.class,
          SingleFlights::run),
      new Lesson(
          "context-across-threads",
          "how the user of a request gets to the threads that work for it",
          ContextAcrossThreads.class,
          ContextAcrossThreads::run),
      new Lesson(
          "fork-and-join",
          "a task that splits, and what becomes of the rest when a part fails",
          ForkAndJoin.class,
          ForkAndJoin::run),
      new Lesson(
          "producer-consumer",
          "a line of workers with a channel between each two",
          ProducerConsumer.class,
          ProducerConsumer::run),
      new Lesson(
          "fan-in-fan-out",
          "several producers and consumers; the last one closes",
          FanInFanOut.class,
          FanInFanOut::run),
      new Lesson(
          "closing-channels",
          "close, close with a cause, cancel: who learns what",
          ClosingChannels.class,
          ClosingChannels::run),
      new Lesson(
          "batching",
          "fewer trips: take what is there, or linger for more",
          Batching.class,
          Batching::run),
      new Lesson(
          "select-with-timeout",
          "wait for several channels, do exactly one thing",
          SelectWithTimeout.class,
          SelectWithTimeout::run),
      new Lesson(
          "back-pressure",
          "what a producer that is too fast runs into",
          BackPressure.class,
          BackPressure::run),
      new Lesson(
          "pipeline",
          "stages with threads, order, batches and a place for what fails",
          Pipelines.class,
          Pipelines::run),
      new Lesson(
          "json-both-ways",
          "records are enough: names, lists, what is missing and what is too much",
          JsonBothWays.class,
          JsonBothWays::run),
      new Lesson(
          "errors-and-retries",
          "what is sent again, what is not, and a switch over all that can go wrong",
          ErrorsAndRetries.class,
          ErrorsAndRetries::run),
      new Lesson(
          "authentication",
          "a key, a token that expires under fifty calls, and what no other server sees",
          Authentication.class,
          Authentication::run),
      new Lesson(
          "rate-limits",
          "a server says how long to stay away, and the client does",
          RateLimits.class,
          RateLimits::run),
      new Lesson(
          "pagination",
          "lists that come in pages, fetched as the loop gets to them",
          Pagination.class,
          Pagination::run),
      new Lesson(
          "your-own-client",
          "a class that has an ApiClient, and an exception for what the API says",
          YourOwnClient.class,
          YourOwnClient::run),
      new Lesson(
          "testing-your-client",
          "a script for a server and a clock that does not wait",
          TestingYourClient.class,
          TestingYourClient::run),
      new Lesson(
          "only-one",
          "Singleton: one object, made when needed, closed at the end, replaced in tests",
          OnlyOne.class,
          OnlyOne::run),
      new Lesson(
          "makers-by-name",
          "Factory: a catalogue that is complete when the program starts",
          MakersByName.class,
          MakersByName::run),
      new Lesson(
          "one-of-several-ways",
          "Strategy: rules that choose, and explain their choice",
          OneOfSeveralWays.class,
          OneOfSeveralWays::run),
      new Lesson(
          "layers",
          "Decorator: something around the same interface, in an order that matters",
          Layers.class,
          Layers::run),
      new Lesson(
          "commands-as-objects",
          "Command: what is asked for is an object, handled in one place",
          CommandsAsObjects.class,
          CommandsAsObjects::run),
      new Lesson(
          "undo-and-redo",
          "Command with Memento: edits that return their inverse",
          UndoAndRedo.class,
          UndoAndRedo::run),
      new Lesson(
          "states-of-an-order",
          "State: a table without holes",
          StatesOfAnOrder.class,
          StatesOfAnOrder::run),
      new Lesson(
          "first-answer-wins",
          "Chain of Responsibility: asked in turn, the first answer counts",
          FirstAnswerWins.class,
          FirstAnswerWins::run),
      new Lesson(
          "plugins-that-come-and-go",
          "Plugin architecture: compiled here, loaded, used, replaced, and gone without a trace",
          PluginsThatComeAndGo.class,
          PluginsThatComeAndGo::run));

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
