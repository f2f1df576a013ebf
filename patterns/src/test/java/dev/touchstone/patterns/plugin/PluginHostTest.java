package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.patterns.testing.PluginAssertions;
import dev.touchstone.patterns.testing.PluginJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("rawtypes") // extensions of the type Supplier, which plugins know without an API
class PluginHostTest {

  @TempDir
  private Path directory;

  private PluginHost host;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private PluginHost.Builder builder() {
    return PluginHost.builder()
        .directory(directory)
        .trust(Trust.everything())
        .startTimeout(Duration.ofSeconds(20))
        .reclaimTimeout(Duration.ofSeconds(20));
  }

  private PluginHost open(PluginHost.Builder builder) {
    host = builder.build();
    host.states()
        .subscribe(status ->
            events.add(status.plugin().id() + " " + status.state().getClass().getSimpleName()));
    return host;
  }

  @AfterEach
  void closeHost() {
    if (host != null) {
      host.close();
    }
  }

  private Path write(String file, PluginJar jar) {
    return jar.writeTo(directory.resolve(file));
  }

  private List<Object> answers() {
    var answers = new ArrayList<>();
    host.extensions(Supplier.class).forEach(supplier -> answers.add(supplier.get()));
    return answers;
  }

  private static Object answer(Extension<Supplier> extension) {
    return extension.use(supplier -> supplier.get());
  }

  @Nested
  class Order {

    @Test
    void ofStoppingIsTheReverseOfStarting() {
      write("1.jar", PluginJar.of("a", "1").requires("b@*"));
      write("2.jar", PluginJar.of("b", "1").requires("c@*"));
      write("3.jar", PluginJar.of("c", "1"));
      write("4.jar", PluginJar.of("d", "1"));

      open(builder()).load();
      host.shutdown();

      assertThat(events.stream().filter(event -> event.matches(". (Active|Stopping)")))
          .containsExactly(
              "c Active",
              "b Active",
              "a Active",
              "d Active",
              "d Stopping",
              "a Stopping",
              "b Stopping",
              "c Stopping");
    }

    @Test
    void ofUnloadingTakesDependentsFirstAndNobodyElse() {
      write("1.jar", PluginJar.of("a", "1").requires("b@*"));
      write("2.jar", PluginJar.of("b", "1"));
      write("3.jar", PluginJar.of("c", "1"));
      open(builder()).load();

      var report = host.unload("b");

      assertThat(report.entries().stream().map(entry -> entry.plugin().id()))
          .containsExactly("a", "b");
      assertThat(report.isClean()).isTrue();
      assertThat(host.state("c")).contains(new PluginState.Active());
      assertThat(host.unload("b").entries()).isEmpty();
    }
  }

  @Nested
  class Failure {

    @Test
    void ofAStartTakesDependentsAndNobodyElse() {
      write(
          "1.jar", Sources.acting("core", "1", "throw new java.io.IOException(\"no disk\");", ""));
      write("2.jar", PluginJar.of("user", "1").requires("core@*"));
      write("3.jar", PluginJar.of("other", "1"));

      var report = open(builder()).load();

      assertThat(report.active()).extracting(PluginDescriptor::id).containsExactly("other");
      assertThat(report.stateOf("core").orElseThrow())
          .isInstanceOfSatisfying(PluginState.Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(PluginState.Phase.START);
            assertThat(failed.cause()).hasMessage("java.io.IOException: no disk");
          });
      assertThat(report.stateOf("user").orElseThrow())
          .isInstanceOfSatisfying(PluginState.Failed.class, failed -> {
            assertThat(failed.phase()).isEqualTo(PluginState.Phase.DEPENDENCY);
            assertThat(failed.cause()).hasMessage("it requires core@*, which failed to start");
          });
    }

    @Test
    void ofAStartTakesBackWhatWasObtained() {
      write("1.jar", Sources.acting("core", "1", """
          c.provide(java.util.function.Supplier.class, () -> "early");
          c.onClose("property", () -> System.clearProperty("touchstone.core"));
          System.setProperty("touchstone.core", "on");
          throw new IllegalStateException();
          """, ""));

      open(builder()).load();

      assertThat(answers()).isEmpty();
      assertThat(System.getProperty("touchstone.core")).isNull();
    }

    @Test
    void ofOneThatHangsInItsStartEndsInTime() {
      write(
          "1.jar",
          Sources.acting("slow", "1", "new java.util.concurrent.CountDownLatch(1).await();", ""));
      write("2.jar", PluginJar.of("other", "1"));

      var report = open(builder().startTimeout(Duration.ofMillis(300))).load();

      assertThat(report.active()).extracting(PluginDescriptor::id).containsExactly("other");
      assertThat(report.stateOf("slow").orElseThrow())
          .isInstanceOfSatisfying(
              PluginState.Failed.class,
              failed -> assertThat(failed.cause())
                  .hasMessage("the start of slow 1.0.0 did not end within PT0.3S; it ended when"
                      + " interrupted"));
    }

    @Test
    void ofAStopIsReportedAndThePluginGoesAllTheSame() {
      write("1.jar", Sources.acting("bad", "1", "", "throw new IllegalStateException(\"stuck\");"));
      write(
          "2.jar",
          Sources.acting("slow", "1", "", "new java.util.concurrent.CountDownLatch(1).await();"));
      open(builder().stopTimeout(Duration.ofMillis(300))).load();

      var report = host.shutdown();

      assertThat(report.entries())
          .allSatisfy(
              entry -> assertThat(entry.reclamation()).isInstanceOf(Reclamation.Reclaimed.class));
      assertThat(
              report.entries().stream().map(entry -> entry.problems().getFirst().getMessage()))
          .containsExactly(
              "the stop of slow 1.0.0 did not end within PT0.3S; it ended when interrupted",
              "java.lang.IllegalStateException: stuck");
    }

    @Test
    void ofAClassOfTheDescriptorSaysWhatIsWanted() {
      write("1.jar", PluginJar.of("a", "1").mainClass("java.lang.Object"));
      write("2.jar", PluginJar.of("b", "1").mainClass("p.Missing"));
      write("3.jar", PluginJar.of("c", "1").extension("java.lang.Runnable", "java.lang.Object"));

      var report = open(builder()).load();

      assertThat(report.problems())
          .extracting(entry -> entry.state())
          .allSatisfy(state -> assertThat(state).isInstanceOf(PluginState.Failed.class));
      assertThat(report.problems().stream()
              .map(entry -> ((PluginState.Failed) entry.state()).cause().getMessage()))
          .containsExactly(
              "the class java.lang.Object of the descriptor must be a"
                  + " dev.touchstone.patterns.plugin.Plugin",
              "dev.touchstone.patterns.plugin.InvisibleClassException: p.Missing is not visible to"
                  + " the plugin b 1.0.0: neither the application nor an active plugin has it",
              "the class java.lang.Object listed in META-INF/services/java.lang.Runnable must be a"
                  + " java.lang.Runnable");
    }

    @Test
    void ofAListenerHarmsNobody() {
      write("1.jar", PluginJar.of("a", "1"));
      open(builder());
      host.states().subscribe(10, status -> {
        throw new IllegalStateException("listener");
      });

      var report = host.load();

      assertThat(report.active()).hasSize(1);
      assertThat(events).containsExactly("a Discovered", "a Resolved", "a Starting", "a Active");
    }

    @Test
    void isTriedAgain() {
      write("1.jar", PluginJar.of("user", "1").requires("core@*"));
      open(builder());
      assertThat(host.load().active()).isEmpty();
      write("2.jar", PluginJar.of("core", "1"));

      assertThat(host.load().active())
          .extracting(PluginDescriptor::id)
          .containsExactly("core", "user");
      assertThat(host.load().entries()).isEmpty();
    }
  }

  @Nested
  class Classes {

    @Test
    void ofTheApplicationAreNotVisible() {
      write("1.jar", Sources.acting("a", "1", "Class.forName(\"org.slf4j.Logger\");", ""));

      var report = open(builder()).load();

      assertThat(((PluginState.Failed) report.stateOf("a").orElseThrow()).cause())
          .hasMessage(
              "dev.touchstone.patterns.plugin.InvisibleClassException: org.slf4j.Logger is not"
                  + " visible to the plugin a 1.0.0: the application has it; expose org.slf4j to plugins, or put it into the"
                  + " plugin's jar");
    }

    @Test
    void ofADependencyAreVisibleIfExported() {
      var lib = PluginJar.of("lib", "1")
          .exports("lib.api")
          .source(
              "lib.api.Hello",
              "package lib.api; public class Hello {"
                  + " public static String say() { return lib.inner.Secret.WORD; } }")
          .source(
              "lib.inner.Secret",
              "package lib.inner; public class Secret { public static String WORD = \"hello\"; }");
      var file = write("1.jar", lib);
      write(
          "2.jar",
          Sources.answering("user", "1", "lib.api.Hello.say()")
              .requires("lib@^1")
              .compileAgainst(file));
      write(
          "3.jar",
          Sources.answering("spy", "1", "lib.inner.Secret.WORD")
              .requires("lib@^1")
              .compileAgainst(file));

      open(builder()).load();

      var extensions = host.extensions(Supplier.class).list();
      assertThat(extensions).hasSize(2);
      assertThat(answer(extensions.get(1))).isEqualTo("hello");
      assertThatThrownBy(() -> answer(extensions.get(0)))
          .isInstanceOf(NoClassDefFoundError.class)
          .cause()
          .hasMessage(
              "lib.inner.Secret is not visible to the plugin spy 1.0.0: the plugin lib 1.0.0 has"
                  + " it, but does not export lib.inner");
    }

    @Test
    void ofTheHostsApiComeFromTheHostEvenIfThePluginHasThem() throws Exception {
      var marker = "package api; public interface Greeting { String greet(); }";
      var api = PluginJar.withoutDescriptor()
          .source("api.Greeting", marker)
          .writeTo(directory.resolve("api.zip"));
      write(
          "1.jar",
          PluginJar.of("a", "1")
              .source("api.Greeting", marker)
              .source(
                  "p.Hi",
                  "package p; public class Hi implements api.Greeting {"
                      + " public String greet() { return \"hi\"; } }")
              .extension("api.Greeting", "p.Hi"));
      try (var loader = new URLClassLoader(
          new URL[] {api.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
        open(builder().exposeApi("api").apiLoader(loader)).load();
        var type = loader.loadClass("api.Greeting");

        var greeting = host.extensions(type).first().orElseThrow();

        assertThat(greeting.<Object>use(it -> type.isInstance(it))).isEqualTo(true);
        host.close();
      }
    }

    @Test
    void ofOneNameAreDifferentInDifferentPlugins() {
      write(
          "1.jar",
          Sources.answering("a", "1", "shared.Name.get()")
              .source(
                  "shared.Name",
                  "package shared; public class Name {"
                      + " public static String get() { return \"a's\"; } }"));
      write(
          "2.jar",
          Sources.answering("b", "1", "shared.Name.get()")
              .source(
                  "shared.Name",
                  "package shared; public class Name {"
                      + " public static String get() { return \"b's\"; } }"));

      open(builder()).load();

      assertThat(answers()).containsExactly("a's", "b's");
    }

    @Test
    void andResourcesAreReadFromTheHostsCopy() throws IOException {
      var file = write(
          "1.jar",
          Sources.answering("a", "1", "0")
              .source("p.a.Answer", """
              package p.a;
              public class Answer implements java.util.function.Supplier<Object> {
                public Object get() {
                  var url = Answer.class.getResource("/p/a/text file.txt");
                  try (var in = url.openStream()) { // through a cache, the jar would stay open
                    return new String(in.readAllBytes()) + url.openConnection().getUseCaches();
                  } catch (java.io.IOException e) {
                    return e;
                  }
                }
              }
              """)
              .resource("p/a/text file.txt", "content"));
      open(builder()).load();
      Files.writeString(file, "overwritten");

      assertThat(answers()).containsExactly("content" + false);
      PluginAssertions.assertReclaimed(host.unload("a"));
    }
  }

  @Nested
  class Ownership {

    @Test
    void endsLastObtainedFirst() {
      write(
          "1.jar",
          Sources.acting(
              "a",
              "1",
              """
          var log = new StringBuilder();
          System.getProperties().put("touchstone.order", log);
          c.onClose("first", () -> log.append(" first"));
          var timer = c.newTimer();
          timer.scheduleAtFixedRate(() -> {}, 0, 1, java.util.concurrent.TimeUnit.MILLISECONDS);
          c.onClose("broken", () -> { log.append(" broken"); throw new Exception("broken"); });
          c.newExecutor(2).submit(() -> { new java.util.concurrent.CountDownLatch(1).await(); return 1; });
          c.own((AutoCloseable) () -> log.append(" last"));
          """,
              "((StringBuilder) System.getProperties().get(\"touchstone.order\")).append(\"stop\");"));
      open(builder()).load();

      var report = host.unload("a");

      assertThat(System.getProperties().remove("touchstone.order"))
          .hasToString("stop last broken first");
      var entry = report.entries().getFirst();
      assertThat(entry.problems())
          .extracting(Throwable::getMessage)
          .containsExactly("java.lang.Exception: broken");
      assertThat(entry.reclamation()).isInstanceOf(Reclamation.Reclaimed.class);
    }

    @Test
    void coversResourceBundles() {
      write(
          "1.jar",
          Sources.acting("a", "1", "java.util.ResourceBundle.getBundle(\"p.a.Texts\");", "")
              .source("p.a.Texts", """
              package p.a;
              public class Texts extends java.util.ListResourceBundle {
                protected Object[][] getContents() { return new Object[][] {{"key", "value"}}; }
              }
              """));

      PluginAssertions.assertUnloads(open(builder()), directory.resolve("1.jar"));
    }

    @Test
    void coversDriversAndBeans() {
      write(
          "1.jar",
          Sources.acting("a", "1", """
          java.sql.DriverManager.registerDriver(new Driver());
          java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(
              new Bean(), new javax.management.ObjectName("touchstone:type=Bean"));
          """, "")
              .source("p.a.BeanMBean", "package p.a; public interface BeanMBean { int getOne(); }")
              .source(
                  "p.a.Bean",
                  "package p.a; public class Bean implements BeanMBean {"
                      + " public int getOne() { return 1; } }")
              .source("p.a.Driver", """
              package p.a;
              import java.sql.*;
              public class Driver implements java.sql.Driver {
                public Connection connect(String url, java.util.Properties p) { return null; }
                public boolean acceptsURL(String url) { return false; }
                public DriverPropertyInfo[] getPropertyInfo(String u, java.util.Properties p) {
                  return new DriverPropertyInfo[0];
                }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
              }
              """));

      PluginAssertions.assertUnloads(open(builder()), directory.resolve("1.jar"));
    }

    @Test
    void ofAThreadThatWasLeftIsShownAsASuspect() {
      write("1.jar", Sources.acting("a", "1", """
          var latch = new java.util.concurrent.CountDownLatch(1);
          System.getProperties().put("touchstone.latch", latch);
          var t = new Thread(() -> { try { latch.await(); } catch (InterruptedException e) {} }, "left");
          t.setDaemon(true);
          t.start();
          """, ""));
      open(builder().reclaimTimeout(Duration.ofMillis(100))).load();

      var report = host.unload("a");

      assertThat(report.isClean()).isFalse();
      assertThat(report.entries().getFirst().reclamation())
          .isInstanceOfSatisfying(
              Reclamation.Leaked.class,
              leaked -> assertThat(leaked.suspects())
                  .hasSize(2)
                  .anyMatch(suspect ->
                      suspect.startsWith("the thread \"left\" runs its code, at a 1.0.0 #"))
                  .contains("the thread \"left\" has its loader as context class loader"));
      ((CountDownLatch) System.getProperties().remove("touchstone.latch")).countDown();
    }
  }

  @Nested
  class Leases {

    @Test
    void keepAPluginFromBeingStoppedUnderAUse() throws Exception {
      write("1.jar", Sources.answering("a", "1", "\"answer\""));
      open(builder()).load();
      var extension = host.extensions(Supplier.class).first().orElseThrow();
      var inside = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      var user = Thread.startVirtualThread(() -> extension.use(supplier -> {
        inside.countDown();
        return awaited(goOn) + supplier.get();
      }));
      inside.await();

      var unloading = Thread.ofPlatform().start(() -> host.unload("a"));
      Awaitility.await().until(() -> events.contains("a Stopping"));

      assertThatThrownBy(() -> answer(extension))
          .isInstanceOf(PluginUnloadedException.class)
          .hasMessage(
              "the plugin a 1.0.0 has been unloaded or replaced; ask the host for extensions"
                  + " anew");
      assertThat(events).doesNotContain("a Stopped");
      goOn.countDown();
      user.join();
      unloading.join();
      assertThat(events).contains("a Unloaded");
    }

    private static String awaited(CountDownLatch latch) {
      try {
        latch.await();
        return "";
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Test
    void areReportedIfTheyDoNotEnd() throws Exception {
      write("1.jar", Sources.answering("a", "1", "\"answer\""));
      open(builder().drainTimeout(Duration.ofMillis(50)).reclaimTimeout(Duration.ZERO))
          .load();

      var report =
          host.extensions(Supplier.class).first().orElseThrow().use(supplier -> host.unload("a"));

      var entry = report.entries().getFirst();
      assertThat(entry.problems())
          .extracting(Throwable::getMessage)
          .containsExactly("an extension of a 1.0.0 is still in use after PT0.05S; the plugin is"
              + " stopped all the same");
      assertThat(entry.reclamation()).isEqualTo(new Reclamation.Unverified());
    }

    @Test
    void mayBeKeptWithoutKeepingThePlugin() {
      write("1.jar", Sources.answering("a", "1", "\"answer\""));
      open(builder()).load();
      var extension = host.extensions(Supplier.class).first().orElseThrow();
      assertThat(answer(extension)).isEqualTo("answer");

      PluginAssertions.assertReclaimed(host.unload("a"));

      assertThat(extension.plugin().id()).isEqualTo("a");
      assertThatThrownBy(() -> answer(extension)).isInstanceOf(PluginUnloadedException.class);
    }

    @Test
    void ofAnExtensionThatCannotBeCreatedSayWhy() {
      write("1.jar", Sources.answering("a", "1", "\"answer\"").source("p.a.Answer", """
          package p.a;
          public class Answer implements java.util.function.Supplier<Object> {
            public Answer() { throw new IllegalStateException("no licence"); }
            public Object get() { return 1; }
          }
          """));
      open(builder()).load();

      assertThatThrownBy(() -> host.extensions(Supplier.class).forEach(Supplier::get))
          .isInstanceOf(ExtensionException.class)
          .hasMessage("the extension p.a.Answer of the plugin a 1.0.0 cannot be created")
          .hasRootCauseMessage("java.lang.IllegalStateException: no licence");
      PluginAssertions.assertReclaimed(host.unload("a"));
    }
  }

  @Nested
  class Replace {

    @Test
    void switchesToTheNewVersionAndRestartsDependents() {
      var v1 = write(
          "1.jar",
          PluginJar.of("lib", "1")
              .exports("lib")
              .source(
                  "lib.V",
                  "package lib; public class V { public static int get() { return 1; } }"));
      var v2 = PluginJar.of("lib", "2")
          .exports("lib")
          .source("lib.V", "package lib; public class V { public static int get() { return 2; } }")
          .writeTo(directory.resolve("2.zip"));
      write(
          "3.jar",
          Sources.answering("user", "1", "lib.V.get()").requires("lib@>=1").compileAgainst(v1));
      open(builder()).load();
      var before = host.extensions(Supplier.class).first().orElseThrow();
      assertThat(answer(before)).isEqualTo(1);

      var report = host.replace("lib", v2);

      assertThat(report).isInstanceOfSatisfying(ReplaceReport.Replaced.class, replaced -> {
        assertThat(replaced.started())
            .extracting(PluginDescriptor::toString)
            .containsExactly("lib 2.0.0", "user 1.0.0");
        PluginAssertions.assertReclaimed(replaced.unloaded());
      });
      assertThat(answers()).containsExactly(2);
      assertThatThrownBy(() -> answer(before)).isInstanceOf(PluginUnloadedException.class);
      assertThat(host.state("user")).contains(new PluginState.Active());
      PluginAssertions.assertReclaimed(host.shutdown());
    }

    @Test
    void keepsTheOldIfTheNewFails() {
      write("1.jar", Sources.answering("a", "1", "\"old\""));
      var v2 = Sources.acting("a", "2", "throw new IllegalStateException(\"no\");", "")
          .writeTo(directory.resolve("2.zip"));
      open(builder()).load();

      var report = host.replace("a", v2);

      assertThat(report).isInstanceOfSatisfying(ReplaceReport.Kept.class, kept -> {
        assertThat(kept.plugin()).isEqualTo("a");
        assertThat(kept.problems()).isEmpty();
        assertThat(((PluginState.Failed) kept.state()).cause())
            .hasMessage("java.lang.IllegalStateException: no");
      });
      assertThat(answers()).containsExactly("old");
      PluginAssertions.assertReclaimed(host.unload("a"));
    }

    @Test
    void showsNothingOfTheNewBeforeAllOfItHasStarted() {
      var lib =
          PluginJar.of("lib", "1").exports("lib").mainClass("lib.Main").source("lib.Main", """
          package lib;
          import dev.touchstone.patterns.plugin.*;
          public class Main implements Plugin {
            static PluginContext context;
            public void start(PluginContext c) { context = c; }
            public static void offer() { context.provide(java.util.function.Supplier.class, () -> "late"); }
          }
          """);
      var v1 = write("1.jar", lib);
      var v2 = lib.property("version", "2").writeTo(directory.resolve("2.zip"));
      write("3.jar", Sources.acting("user", "1", """
          lib.Main.offer();
          System.setProperty("touchstone.offered",
              "" + c.extensions(java.util.function.Supplier.class).list().size());
          """, "").requires("lib@>=1").compileAgainst(v1));
      open(builder()).load();
      assertThat(System.getProperty("touchstone.offered")).isEqualTo("1"); // lib is active

      var report = host.replace("lib", v2);

      assertThat(report).isInstanceOf(ReplaceReport.Replaced.class);
      assertThat(System.clearProperty("touchstone.offered")).isEqualTo("1"); // the old one's
      assertThat(answers()).containsExactly("late");
    }

    @Test
    void keepsTheOldIfADependentDoesNotGoWithTheNew() {
      write("1.jar", PluginJar.of("lib", "1"));
      write("2.jar", Sources.answering("user", "1", "\"user\"").requires("lib@^1"));
      var v2 = PluginJar.of("lib", "2").writeTo(directory.resolve("3.zip"));
      open(builder()).load();

      var report = host.replace("lib", v2);

      assertThat(report)
          .isInstanceOfSatisfying(
              ReplaceReport.Kept.class,
              kept -> assertThat(kept.state()).isInstanceOf(PluginState.Rejected.class));
      assertThat(answers()).containsExactly("user");
      assertThat(host.state("lib")).contains(new PluginState.Active());
    }

    @Test
    void letsTheOldMakeRoomAndComeBack() {
      var body = """
          package p;
          import dev.touchstone.patterns.plugin.*;
          public class Main implements Plugin {
            public void start(PluginContext c) { take(); if (%s) throw new IllegalStateException("v2"); }
            public void stop() { System.clearProperty("touchstone.port"); }
            public void quiesce() { System.clearProperty("touchstone.port"); }
            public void resume() { take(); }
            void take() {
              if (System.getProperty("touchstone.port") != null) throw new IllegalStateException("taken");
              System.setProperty("touchstone.port", "%s");
            }
          }
          """;
      write(
          "1.jar",
          PluginJar.of("a", "1")
              .mainClass("p.Main")
              .source("p.Main", body.formatted("false", "one")));
      var v2 = PluginJar.of("a", "2")
          .mainClass("p.Main")
          .source("p.Main", body.replace("take(); if", "if").formatted("true", "two"))
          .writeTo(directory.resolve("2.zip"));
      open(builder()).load();

      var report = host.replace("a", v2);

      assertThat(report).isInstanceOf(ReplaceReport.Kept.class);
      assertThat(System.getProperty("touchstone.port")).isEqualTo("one");
      host.unload("a");
      assertThat(System.getProperty("touchstone.port")).isNull();
    }

    @Test
    void needsAnActivePlugin() {
      open(builder());

      assertThatIllegalStateException()
          .isThrownBy(() -> host.replace("a", directory.resolve("a.jar")))
          .withMessage("no plugin a is active; there are []");
    }
  }

  @Nested
  class Calls {

    @Test
    void withSomethingElseThanAPackageAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PluginHost.builder().exposeApi("com.acme.*"))
          .withMessage("a package must look like com.acme.api, or com.acme.api.. to include those"
              + " below it, was \"com.acme.*\"");
    }

    @Test
    void fromAListenerAreRefused() {
      write("1.jar", PluginJar.of("a", "1"));
      open(builder());
      var failures = new ArrayList<Throwable>();
      host.states().subscribe(status -> {
        try {
          host.unload("a");
        } catch (IllegalStateException e) {
          failures.add(e);
        }
      });

      host.load();

      assertThat(failures)
          .hasSize(4)
          .extracting(Throwable::getMessage)
          .containsOnly(
              "plugins cannot be changed from the code of a plugin or from a listener, while"
                  + " another change is under way; do it from another thread, later");
    }

    @Test
    void afterTheEndAreRefused() {
      open(builder());
      host.close();

      assertThat(host.shutdown().entries()).isEmpty();
      assertThatIllegalStateException()
          .isThrownBy(() -> host.load())
          .withMessage("the plugin host is closed; build another one");
    }

    @Test
    void withoutTrustAreRefused() {
      assertThatIllegalStateException()
          .isThrownBy(() -> PluginHost.builder().build())
          .withMessage("trust must be set; use Trust.sha256, Trust.signedBy or Trust.everything");
    }
  }
}
