package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.patterns.testing.PluginJar;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many rounds, and many threads at a time. */
class PluginHostStressTest {

  private static final int ROUNDS = Integer.getInteger("touchstone.plugin.rounds", 300);

  @TempDir
  private Path directory;

  /** Every third plugin fails to stop, every fifth to start; all listen, offer, and have threads. */
  @Test
  @Timeout(600)
  void roundsOfLoadingAndUnloadingLeaveNoLoader() {
    var jar = Sources.acting("a", "1", """
        c.provide(java.util.function.Supplier.class, () -> "answer");
        c.newExecutor(1).submit(() -> { new java.util.concurrent.CountDownLatch(1).await(); return 1; });
        var round = Integer.getInteger("touchstone.round");
        if (round % 5 == 0) throw new IllegalStateException("start");
        """, """
        if (Integer.getInteger("touchstone.round") % 3 == 0) throw new IllegalStateException("stop");
        """).writeTo(directory.resolve("a.jar"));
    var watches = new ArrayList<WeakReference<ClassLoader>>();
    try (var host = PluginHost.builder()
        .trust(Trust.everything())
        .reclaimTimeout(Duration.ZERO) // all of them at the end, with few collections
        .build()) {
      for (int round = 1; round <= ROUNDS; round++) {
        System.setProperty("touchstone.round", String.valueOf(round));

        var loaded = host.load(List.of(jar));

        assertThat(loaded.active()).hasSize(round % 5 == 0 ? 0 : 1);
        host.extensions(Supplier.class)
            .forEach(it -> watches.add(new WeakReference<>(it.getClass().getClassLoader())));
        var unloaded = host.unload("a");
        assertThat(unloaded.isClean()).isEqualTo(round % 5 == 0 || round % 3 != 0);
      }
    }
    System.clearProperty("touchstone.round");

    assertThat(watches).hasSize(ROUNDS - ROUNDS / 5);
    Awaitility.await().until(() -> {
      System.gc();
      return watches.stream().allMatch(watch -> watch.get() == null);
    });
  }

  /** No use fails but for the reason that the plugin is gone, and states follow each other. */
  @Test
  void changesFromManyThreadsKeepTheOrder() throws Exception {
    var jars = new ArrayList<Path>();
    for (int version = 1; version <= 2; version++) {
      jars.add(PluginJar.of("lib", String.valueOf(version))
          .writeTo(directory.resolve("lib" + version + ".jar")));
    }
    var user = Sources.answering("user", "1", "\"answer\"")
        .requires("lib@*")
        .writeTo(directory.resolve("user.jar"));
    var host = PluginHost.builder()
        .trust(Trust.everything())
        .reclaimTimeout(Duration.ZERO)
        .build();
    var events = Collections.synchronizedList(new ArrayList<PluginStatus>());
    host.states().subscribe(events::add);
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var changes = new ArrayList<Future<?>>();
      for (int seed = 0; seed < 4; seed++) {
        var random = new Random(seed);
        changes.add(threads.submit(() -> {
          for (int i = 0; i < 15; i++) {
            change(host, random, jars, user);
          }
        }));
      }
      var use = threads.submit((Callable<Integer>) () -> {
        int uses = 0;
        while (!done.get()) {
          host.extensions(Supplier.class).forEach(it -> assertThat(it.get()).isEqualTo("answer"));
          uses++;
        }
        return uses;
      });
      for (var change : changes) {
        change.get();
      }
      done.set(true);
      assertThat(use.get()).isPositive();
    }
    host.close();

    assertThat(host.extensions(Supplier.class).list()).isEmpty();
    assertOrder(events);
  }

  private static void change(PluginHost host, Random random, List<Path> jars, Path user) {
    switch (random.nextInt(4)) {
      case 0 -> host.load(List.of(jars.getFirst(), user));
      case 1 -> host.unload(random.nextBoolean() ? "lib" : "user");
      default -> {
        try {
          host.replace("lib", jars.get(random.nextInt(2)));
        } catch (IllegalStateException notActive) {
          host.load(List.of(user, jars.getLast()));
        }
      }
    }
  }

  /** Of each plugin, as many instances start as are unloaded, and each dependent goes before. */
  private static void assertOrder(List<PluginStatus> events) {
    var started = new HashMap<String, Integer>();
    var libs = 0;
    for (var event : events) {
      var id = event.plugin().id();
      if (event.state() instanceof PluginState.Starting) {
        started.merge(id, 1, Integer::sum);
        libs = id.equals("lib") ? libs + 1 : libs;
        assertThat(libs).as("a lib when " + event).isPositive();
      } else if (event.state() instanceof PluginState.Unloaded) {
        started.merge(id, -1, Integer::sum);
        libs = id.equals("lib") ? libs - 1 : libs;
      }
      assertThat(started.getOrDefault("user", 0)).isLessThanOrEqualTo(libs);
    }
    assertThat(started.values()).containsOnly(0);
  }
}
