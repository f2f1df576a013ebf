package dev.touchstone.stress.patterns;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Asks several event buses the same questions, and keeps the table of their answers in the
 * documentation true. With {@code -Dtest.argLine=-Dtouchstone.update=true} it writes the table.
 */
class EventBusConformanceTest {

  private static final Path PAGE = Path.of("../../docs/benchmarks/event-buses.md");
  private static final String BEGIN = "<!-- table -->\n";
  private static final String END = "<!-- end of table -->";

  private static final Map<String, Predicate<BusUnderTest>> QUESTIONS = new LinkedHashMap<>();

  static {
    QUESTIONS.put("calls listeners in the order of their registration", bus -> {
      var calls = new ArrayList<String>();
      bus.subscribe(event -> calls.add("first"));
      bus.subscribe(event -> calls.add("second"));
      bus.subscribe(event -> calls.add("third"));
      bus.post("event");
      return calls.equals(List.of("first", "second", "third"));
    });
    QUESTIONS.put("does not call a listener that an earlier one has removed", bus -> {
      var calls = new ArrayList<String>();
      var subscriptions = new ArrayList<Runnable>();
      // Each removes the other, so that the one who is called first wins, whatever the order.
      subscriptions.add(bus.subscribe(event -> {
        calls.add("called");
        subscriptions.get(1).run();
      }));
      subscriptions.add(bus.subscribe(event -> {
        calls.add("called");
        subscriptions.get(0).run();
      }));
      bus.post("event");
      return calls.size() == 1;
    });
    QUESTIONS.put("does not call a listener that is added during the delivery", bus -> {
      var calls = new ArrayList<String>();
      bus.subscribe(event -> bus.subscribe(late -> calls.add("late")));
      bus.post("event");
      return calls.isEmpty();
    });
    QUESTIONS.put(
        "calls the other listeners when one throws an exception",
        bus -> callsTheOthers(bus, () -> new IllegalStateException("one of them")));
    QUESTIONS.put(
        "calls the other listeners when one throws an error",
        bus -> callsTheOthers(bus, () -> new AssertionError("one of them")));
    QUESTIONS.put("shows every listener a cause before its effect", bus -> {
      var seen = new ArrayList<String>();
      var other = new ArrayList<String>();
      for (var record : List.of(seen, other)) {
        bus.subscribe(event -> {
          record.add(event.toString());
          if (event.equals("cause") && seen.size() + other.size() == 1) {
            bus.post("effect");
          }
        });
      }
      bus.post("cause");
      return seen.equals(List.of("cause", "effect")) && other.equals(List.of("cause", "effect"));
    });
    QUESTIONS.put("keeps a listener that nothing else refers to", bus -> {
      var calls = new ArrayList<String>();
      subscribeAndForget(bus, calls);
      System.gc();
      bus.post("event");
      return calls.size() == 1;
    });
    QUESTIONS.put("lets the class of an event be unloaded", bus -> {
      bus.subscribe(event -> {});
      var loader = postFromALoader(bus);
      for (int i = 0; i < 5 && loader.get() != null; i++) {
        System.gc();
      }
      return loader.get() == null;
    });
  }

  private static boolean callsTheOthers(BusUnderTest bus, Supplier<? extends Throwable> failure) {
    var calls = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      bus.subscribe(event -> {
        calls.add("called");
        sneak(failure.get());
      });
    }
    try {
      bus.post("event");
    } catch (Throwable e) {
      assertThat(e).hasStackTraceContaining("one of them");
    }
    return calls.size() == 3;
  }

  private static void subscribeAndForget(BusUnderTest bus, List<String> calls) {
    bus.subscribe(event -> calls.add("called"));
  }

  /** An event of a plugin. */
  public static final class PluginEvent {}

  private static WeakReference<ClassLoader> postFromALoader(BusUnderTest bus) {
    var name = PluginEvent.class.getName();
    var loader = new ClassLoader(PluginEvent.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
        if (!wanted.equals(name)) {
          return super.loadClass(wanted, resolve);
        }
        try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
          var bytes = in.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    };
    try {
      bus.post(loader.loadClass(name).getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return new WeakReference<>(loader);
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void sneak(Throwable e) throws X {
    throw (X) e;
  }

  private static Map<String, List<Boolean>> answers() {
    var answers = new LinkedHashMap<String, List<Boolean>>();
    QUESTIONS.forEach((question, test) -> answers.put(
        question, BusUnderTest.ALL.values().stream().map(bus -> ask(test, bus)).toList()));
    return answers;
  }

  private static boolean ask(Predicate<BusUnderTest> test, Supplier<BusUnderTest> kind) {
    try (var bus = kind.get()) {
      return test.test(bus);
    }
  }

  private static String table(Map<String, List<Boolean>> answers) {
    var text = new StringBuilder("| |");
    BusUnderTest.ALL.keySet().forEach(name -> text.append(' ').append(name).append(" |"));
    text.append("\n| --- |").append(" --- |".repeat(BusUnderTest.ALL.size())).append('\n');
    answers.forEach((question, row) -> text.append("| ")
        .append(question)
        .append(" | ")
        .append(row.stream().map(yes -> yes ? "yes" : "**no**").collect(joining(" | ")))
        .append(" |\n"));
    return text.toString();
  }

  @Test
  void theTableOfTheDocumentationIsTrueAndOursAnswersYesThroughout() throws IOException {
    var answers = answers();
    var table = table(answers);
    var page = Files.readString(PAGE);
    if (Boolean.getBoolean("touchstone.update")) {
      page = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
          + table
          + page.substring(page.indexOf(END));
      Files.writeString(PAGE, page);
    }

    assertThat(page).contains(BEGIN + table + END);
    assertThat(answers.values()).allSatisfy(row -> assertThat(row.getFirst()).isTrue());
  }
}
