package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.observe.Signal;
import dev.touchstone.patterns.testing.PluginJar;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Many rounds, and many threads at a time. */
class PluginHostStressTest {

  /** Where plugins find what they share with the test. */
  private static final String SHARED = "touchstone.stress.shared";

  @TempDir
  private Path directory;

  private final Map<String, Object> shared = new ConcurrentHashMap<>();

  @BeforeEach
  void shareWithPlugins() {
    System.getProperties().put(SHARED, shared);
  }

  @AfterEach
  void shareNothing() {
    System.getProperties().remove(SHARED);
  }

  private static PluginHost host() {
    return PluginHost.builder()
        .trust(Trust.everything())
        .reclaimTimeout(Duration.ZERO) // collecting garbage at each change would take the time
        .build();
  }

  @Test
  void roundsOfLoadingAndUnloadingLeaveNothing() {
    assertThatRoundsLeaveNothing(300);
  }

  @Test
  @Tag("stress")
  @Timeout(3_600)
  void tenThousandRoundsOfLoadingAndUnloadingLeaveNothing() {
    LoggerFactory.getLogger(PluginHostStressTest.class)
        .warn("{}", assertThatRoundsLeaveNothing(10_000));
  }

  /** Each plugin listens, offers and has a thread; every fifth fails to start, every third to stop. */
  private String assertThatRoundsLeaveNothing(int rounds) {
    var jar = Sources.acting("a", "1", """
        var shared = (java.util.Map<String, Object>) System.getProperties().get("touchstone.stress.shared");
        ((java.util.List<Object>) shared.get("loaders"))
            .add(new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
        var news = (dev.touchstone.patterns.observe.Signal<String>) shared.get("news");
        c.own(news.subscribe(item -> getClass()));
        c.provide(java.util.function.Supplier.class, () -> "answer");
        c.newExecutor(1).submit(() -> { new java.util.concurrent.CountDownLatch(1).await(); return 1; });
        round = (Integer) shared.get("round");
        if (round % 5 == 0) throw new IllegalStateException("start");
        """, """
        if (round % 3 == 0) throw new IllegalStateException("stop");
        } int round; {
        """).writeTo(directory.resolve("a.jar"));
    var loaders = new ArrayList<WeakReference<ClassLoader>>();
    shared.put("loaders", loaders);
    shared.put("news", Signal.create());
    long afterTheFirst = 0;
    try (var host = host()) {
      for (int round = 1; round <= rounds; round++) {
        shared.put("round", round);

        var loaded = host.load(List.of(jar));
        host.extensions(Supplier.class).forEach(it -> assertThat(it.get()).isEqualTo("answer"));
        var unloaded = host.unload("a");

        assertThat(loaded.active()).hasSize(round % 5 == 0 ? 0 : 1);
        assertThat(unloaded.isClean()).isEqualTo(round % 5 == 0 || round % 3 != 0);
        if (round == rounds / 10) {
          afterTheFirst = metaspaceWithoutLoaders(loaders);
        }
      }
      long atTheEnd = metaspaceWithoutLoaders(loaders);
      assertThat(loaders).hasSize(rounds);
      assertThat(atTheEnd).isLessThan(afterTheFirst + (4 << 20)); // other tests load classes too
      return "%,d loaders made, none left; metaspace %,d KiB after a tenth, %,d KiB at the end"
          .formatted(loaders.size(), afterTheFirst >> 10, atTheEnd >> 10);
    }
  }

  private static long metaspaceWithoutLoaders(List<WeakReference<ClassLoader>> loaders) {
    Awaitility.await().untilAsserted(() -> {
      System.gc();
      assertThat(loaders.stream().filter(loader -> loader.get() != null)).isEmpty();
    });
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(PluginHostStressTest::used)
        .sum();
  }

  private static long used(MemoryPoolMXBean pool) {
    return pool.getUsage().getUsed();
  }

  /**
   * A plugin that counts its instances, demands that another one has some, and has an extension that
   * sees whether it is used after the plugin's stop.
   */
  private Path counting(String id, String version, String needs) {
    var requires = needs.isEmpty() ? "" : needs + "@*";
    return Sources.answering(id, version, """
            ((java.util.function.Supplier<Object>) () -> {
              for (int i = 0; i < 100; i++) {
                if (p.%1$s.Main.stopped) return "%1$s was stopped under a use";
                Thread.yield();
              }
              return "answer";
            }).get()
            """.formatted(id))
        .requires(requires)
        .mainClass("p." + id + ".Main")
        .source("p." + id + ".Main", """
            package p.%1$s;
            public class Main implements dev.touchstone.patterns.plugin.Plugin {
              static volatile boolean stopped;
              static void count(String id, int by) {
                ((java.util.Map<String, Integer>) System.getProperties().get("touchstone.stress.shared"))
                    .merge(id, by, Integer::sum);
              }
              public void start(dev.touchstone.patterns.plugin.PluginContext c) {
                count("%1$s", 1);
                if (!"%2$s".isEmpty()) demand();
              }
              void demand() {
                var counts = (java.util.Map<String, Integer>) System.getProperties().get("touchstone.stress.shared");
                if (counts.getOrDefault("%2$s", 0) < 1) throw new IllegalStateException("no %2$s");
              }
              public void stop() {
                if (!"%2$s".isEmpty()) demand();
                stopped = true;
                count("%1$s", -1);
              }
            }
            """.formatted(id, needs))
        .writeTo(directory.resolve(id + "-" + version + ".jar"));
  }

  /** No plugin lacks what it requires, no use meets one that has stopped, and states follow in order. */
  @Test
  void changesFromManyThreadsKeepTheOrder() throws Exception {
    var libs = List.of(counting("lib", "1", ""), counting("lib", "2", ""));
    var user = counting("user", "1", "lib");
    var host = host();
    var events = Collections.synchronizedList(new ArrayList<PluginStatus>());
    host.states().subscribe(events::add);
    var done = new AtomicBoolean();
    try (var threads = Executors.newCachedThreadPool()) {
      var changes = new ArrayList<Future<?>>();
      for (int seed = 0; seed < 4; seed++) {
        var random = new Random(seed);
        changes.add(threads.submit(() -> {
          for (int i = 0; i < 15; i++) {
            change(host, random, libs, user);
          }
        }));
      }
      var uses = threads.submit((Callable<Set<Object>>) () -> {
        var answers = new HashSet<>();
        while (!done.get()) {
          host.extensions(Supplier.class).forEach(it -> answers.add(it.get()));
        }
        return answers;
      });
      try {
        for (var change : changes) {
          change.get();
        }
      } finally {
        done.set(true);
      }
      assertThat(uses.get()).containsExactly("answer");
    }
    var active = host.plugins().stream()
        .filter(plugin -> plugin.state() instanceof PluginState.Active)
        .toList();
    assertThat(host.extensions(Supplier.class).list()).hasSameSizeAs(active);
    assertThat(host.shutdown().isClean()).isTrue();

    assertThat(host.extensions(Supplier.class).list()).isEmpty();
    assertThat(shared.values()).containsOnly(0);
    assertOrder(events);
  }

  private static void change(PluginHost host, Random random, List<Path> libs, Path user) {
    switch (random.nextInt(4)) {
      case 0 -> load(host, libs.getFirst(), user);
      case 1 ->
        assertThat(host.unload(random.nextBoolean() ? "lib" : "user").isClean()).isTrue();
      default -> {
        try {
          assertThat(host.replace("lib", libs.get(random.nextInt(2))))
              .isInstanceOfSatisfying(
                  ReplaceReport.Replaced.class,
                  replaced -> assertThat(replaced.unloaded().isClean()).isTrue());
        } catch (IllegalStateException notActive) {
          load(host, user, libs.getLast());
        }
      }
    }
  }

  private static void load(PluginHost host, Path... jars) {
    assertThat(host.load(List.of(jars)).problems())
        .allSatisfy(entry -> assertThat(entry.state()).isInstanceOf(PluginState.Rejected.class));
  }

  /** Of each plugin, as many instances start as are unloaded, and each dependent goes before. */
  private static void assertOrder(List<PluginStatus> events) {
    var started = new HashMap<String, Integer>();
    for (var event : events) {
      if (event.state() instanceof PluginState.Starting) {
        started.merge(event.plugin().id(), 1, Integer::sum);
      } else if (event.state() instanceof PluginState.Unloaded) {
        started.merge(event.plugin().id(), -1, Integer::sum);
      }
      assertThat(started.getOrDefault("user", 0))
          .as("users when " + event)
          .isBetween(0, started.getOrDefault("lib", 0));
    }
    assertThat(started.values()).containsOnly(0);
  }

  /** There is always one: the old or the new, never both, and never neither. */
  @Test
  void aReplacementIsSeenInOneStep() throws Exception {
    var versions = List.of(counting("lib", "1", ""), counting("lib", "2", ""));
    try (var host = host();
        var threads = Executors.newCachedThreadPool()) {
      load(host, versions.getFirst());
      var done = new AtomicBoolean();
      var sizes = threads.submit((Callable<Set<Integer>>) () -> {
        var seen = new HashSet<Integer>();
        while (!done.get()) {
          seen.add(host.extensions(Supplier.class).list().size());
        }
        return seen;
      });
      try {
        for (int i = 1; i <= 40; i++) {
          assertThat(host.replace("lib", versions.get(i % 2)))
              .isInstanceOf(ReplaceReport.Replaced.class);
        }
      } finally {
        done.set(true);
      }

      assertThat(sizes.get()).containsExactly(1);
    }
  }

  /** What plugins offer at the same time, from threads of their own, is all there. */
  @Test
  void offersFromManyThreadsAreNotLost() throws Exception {
    var jars = new ArrayList<Path>();
    for (var id : List.of("a", "b", "c", "d")) {
      jars.add(Sources.acting(id, "1", """
          var done = (java.util.concurrent.CountDownLatch)
              ((java.util.Map<String, Object>) System.getProperties().get("touchstone.stress.shared")).get("done");
          c.newExecutor(1).submit(() -> {
            for (int i = 0; i < 200; i++) c.provide(Runnable.class, () -> {});
            done.countDown();
          });
          """, "").writeTo(directory.resolve(id + ".jar")));
    }
    var other = PluginJar.of("other", "1").writeTo(directory.resolve("other.jar"));
    var done = new CountDownLatch(jars.size());
    shared.put("done", done);
    try (var host = host()) {
      host.load(jars);
      while (done.getCount() > 0) { // changes of the list meanwhile
        host.load(List.of(other));
        host.unload("other");
      }

      assertThat(host.extensions(Runnable.class).list()).hasSize(4 * 200);
    }
  }
}
