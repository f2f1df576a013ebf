package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.touchstone.patterns.testing.PluginAssertions;
import dev.touchstone.patterns.testing.PluginJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the code of a plugin does, it gets a reason, and the good one beside it runs. */
class HostilePluginsTest {

  @TempDir
  private Path directory;

  private final String end = "touchstone.hostile." + UUID.randomUUID();
  private PluginHost host;

  @BeforeEach
  void open() {
    host = builder().build();
    PluginJar.of("good", "1").writeTo(directory.resolve("good.jar"));
  }

  private PluginHost.Builder builder() {
    return PluginHost.builder()
        .directory(directory)
        .trust(Trust.everything())
        .reclaimTimeout(Duration.ofSeconds(20));
  }

  /** For plugins that will not go. */
  private void openImpatient(Duration startTimeout, Duration stopTimeout) {
    host.close();
    host = builder()
        .startTimeout(startTimeout)
        .stopTimeout(stopTimeout)
        .reclaimTimeout(Duration.ZERO)
        .build();
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Code that waits for the test's permission, whoever interrupts it meanwhile. */
  private String regardless() {
    return """
        synchronized (System.getProperties()) {
          while (System.getProperty("%s") == null) {
            try { System.getProperties().wait(); } catch (InterruptedException e) {}
          }
        }
        """.formatted(end);
  }

  private void letItEnd() {
    synchronized (System.getProperties()) {
      System.setProperty(end, "now");
      System.getProperties().notifyAll();
    }
  }

  private PluginState.Failed failure(PluginJar bad) {
    bad.writeTo(directory.resolve("bad.jar"));

    var report = host.load();

    assertThat(report.active()).extracting(PluginDescriptor::id).containsExactly("good");
    assertThat(report.problems()).hasSize(1);
    return (PluginState.Failed) report.problems().getFirst().state();
  }

  private static PluginJar throwing(String overridden) {
    return Sources.acting("bad", "1", "throw new Odd();", "")
        .source(
            "p.bad.Odd",
            "package p.bad; class Odd extends RuntimeException { " + overridden + " }");
  }

  @Nested
  class InTheStart {

    @Test
    void anErrorIsAReason() {
      var failure = failure(Sources.acting("bad", "1", "throw new StackOverflowError();", ""));

      assertThat(failure.phase()).isEqualTo(PluginState.Phase.START);
      assertThat(failure.cause()).hasMessage("java.lang.StackOverflowError");
    }

    @Test
    void anExceptionThatCannotBeAskedIsAReasonAllTheSame() {
      var failure = failure(throwing("""
          public String getMessage() { throw new StackOverflowError(); }
          public Throwable getCause() { throw new IllegalStateException(); }
          public StackTraceElement[] getStackTrace() { return new StackTraceElement[1]; }
          """));

      assertThat(failure.cause()).hasMessage("p.bad.Odd").hasNoCause();
      assertThat(failure.cause().originalType()).isEqualTo("p.bad.Odd");
    }

    @Test
    void anExceptionThatAlwaysHasAnotherCauseIsCutShort() {
      var failure = failure(throwing("public Throwable getCause() { return new Odd(); }"));

      assertThat(failure.cause()).hasMessage("p.bad.Odd").cause().hasMessage("p.bad.Odd");
    }

    @Test
    void aHangThatNothingEndsIsLeftBehind() {
      openImpatient(Duration.ofMillis(200), Duration.ofMillis(200));
      try {
        var failure = failure(Sources.acting("bad", "1", regardless(), ""));

        assertThat(failure.cause())
            .hasMessage("the start of bad 1.0.0 did not end within PT0.2S; it goes on regardless");
      } finally {
        letItEnd();
      }
    }

    @Test
    void anInterruptOfItsOwnDoesNotReachTheNext() {
      Sources.acting("bad", "1", "Thread.currentThread().interrupt();", "")
          .writeTo(directory.resolve("bad.jar"));
      Sources.acting("next", "1", "new java.util.concurrent.CountDownLatch(0).await();", "")
          .writeTo(directory.resolve("next.jar"));

      assertThat(host.load().problems()).isEmpty();
    }

    @Test
    void aThrowingConstructorIsAReasonByItsOwnName() {
      var failure = failure(PluginJar.of("bad", "1").mainClass("p.Main").source("p.Main", """
          package p;
          public class Main implements dev.touchstone.patterns.plugin.Plugin {
            public Main() throws Exception { throw new java.io.IOException("no disk"); }
            public void start(dev.touchstone.patterns.plugin.PluginContext c) {}
          }
          """));

      assertThat(failure.phase()).isEqualTo(PluginState.Phase.CREATE);
      assertThat(failure.cause()).hasMessage("java.io.IOException: no disk");
      assertThat(failure.cause().originalType()).isEqualTo("java.io.IOException");
    }

    @Test
    void aClassThatCannotBeMadeIsAReason() {
      var failure = failure(PluginJar.of("bad", "1").mainClass("p.Main").source("p.Main", """
          package p;
          public abstract class Main implements dev.touchstone.patterns.plugin.Plugin {}
          """));

      assertThat(failure.cause())
          .hasMessage("the class p.Main of the descriptor must be public and not abstract");
    }

    @Test
    void anExtensionThatCouldNeverBeMadeIsAReasonAtOnce() {
      var failure = failure(PluginJar.of("bad", "1")
          .source("p.Answer", """
              package p;
              public class Answer implements java.util.function.Supplier<Object> {
                public Answer(int answer) {}
                public Object get() { return 1; }
              }
              """)
          .extension("java.util.function.Supplier", "p.Answer"));

      assertThat(failure.phase()).isEqualTo(PluginState.Phase.EXTENSIONS);
      assertThat(failure.cause())
          .hasMessage(
              "the class p.Answer listed in META-INF/services/java.util.function.Supplier must"
                  + " have a public constructor without parameters");
    }

    @Test
    void anExecutorWithoutThreadsIsAReason() {
      var failure = failure(Sources.acting("bad", "1", "c.newExecutor(0);", ""));

      assertThat(failure.cause())
          .hasMessage("java.lang.IllegalArgumentException: threads must be at least 1, was 0");
    }

    @Test
    void aThreadThatObtainsSomethingAfterwardsIsRefused() {
      var failure = failure(Sources.acting("bad", "1", """
          System.getProperties().put("touchstone.hostile.context", c);
          throw new IllegalStateException("too late");
          """, ""));
      var context = (PluginContext) System.getProperties().remove("touchstone.hostile.context");

      assertThat(failure.cause()).hasMessage("java.lang.IllegalStateException: too late");
      for (Runnable obtaining : new Runnable[] {
        () -> context.provide(Supplier.class, () -> 1),
        () -> context.newExecutor(1),
        () -> context.onClose("late", () -> {})
      }) {
        assertThat(catchThrowable(obtaining::run)).isInstanceOf(PluginUnloadedException.class);
      }
      assertThat(host.extensions(Supplier.class).list()).isEmpty();
    }
  }

  @Nested
  class InTheStop {

    @Test
    void aHangThatNothingEndsIsLeftBehindAndSeen() {
      openImpatient(Duration.ofSeconds(20), Duration.ofMillis(200));
      Sources.acting("bad", "1", "", regardless()).writeTo(directory.resolve("bad.jar"));
      host.load();
      try {
        var entry = host.unload("bad").entries().getFirst();

        assertThat(entry.problems())
            .extracting(Throwable::getMessage)
            .containsExactly(
                "the stop of bad 1.0.0 did not end within PT0.2S; it goes on regardless");
        assertThat(host.state("good")).contains(new PluginState.Active());
        assertThat(host.state("bad")).contains(new PluginState.Unloaded());
      } finally {
        letItEnd();
      }
    }

    @Test
    void aTaskThatNothingEndsIsNamed() {
      openImpatient(Duration.ofSeconds(20), Duration.ofSeconds(1));
      Sources.acting("bad", "1", "c.newExecutor(1).submit(() -> {" + regardless() + "});", "")
          .writeTo(directory.resolve("bad.jar"));
      host.load();
      try {
        assertThat(host.unload("bad").entries().getFirst().problems())
            .extracting(Throwable::getMessage)
            .containsExactly(
                "a task of an executor goes on although it was interrupted PT0.5S ago");
      } finally {
        letItEnd();
      }
    }

    @Test
    void anErrorIsReportedAndTheMemoryComesFree() {
      Sources.acting("bad", "1", "", "throw new NoClassDefFoundError(\"p/Gone\");")
          .writeTo(directory.resolve("bad.jar"));
      host.load();

      var entry = host.unload("bad").entries().getFirst();

      assertThat(entry.problems())
          .extracting(Throwable::getMessage)
          .containsExactly("java.lang.NoClassDefFoundError: p/Gone");
      assertThat(entry.reclamation()).isInstanceOf(Reclamation.Reclaimed.class);
    }
  }

  @Test
  void aThreadLocalThatIsLeftGoesWithTheThread() {
    var leave = "new ThreadLocal<Object>() { void leave(Object it) { set(it); } }.leave(this);";
    Sources.acting("bad", "1", leave, leave).writeTo(directory.resolve("bad.jar"));
    host.load();

    PluginAssertions.assertReclaimed(host.unload("bad"));
  }

  @Test
  void theThreadOfAChangeEndsWithIt() {
    Sources.acting("bad", "1", """
        System.getProperties().put("touchstone.hostile.thread", Thread.currentThread());
        """, "").writeTo(directory.resolve("bad.jar"));
    host.load();
    var thread = (Thread) System.getProperties().remove("touchstone.hostile.thread");

    Awaitility.await().until(() -> !thread.isAlive());
  }

  @Test
  void anInterruptOfTheCallerIsKeptAndCutsNothingShort() {
    Sources.acting("bad", "1", "c.newTimer();", "").writeTo(directory.resolve("bad.jar"));
    Thread.currentThread().interrupt();

    var loaded = host.load();
    var unloaded = host.shutdown();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(loaded.active()).hasSize(2);
    PluginAssertions.assertReclaimed(unloaded);
  }
}
