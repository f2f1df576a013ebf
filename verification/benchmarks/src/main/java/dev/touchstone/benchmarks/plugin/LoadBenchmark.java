package dev.touchstone.benchmarks.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Finding, loading and starting 100 plugins of 25 classes each: cold with {@code -wi 0 -i 1} and many
 * forks, warm with iterations enough to warm up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LoadBenchmark {

  private static final int PLUGINS = 100;

  @Param
  public Peer peer;

  private Path folder;
  private Peer.Running running;

  @Setup
  public void writeJars() throws IOException {
    folder = Files.createTempDirectory("plugins");
    for (int i = 0; i < PLUGINS; i++) {
      var jar = peer.jar("p" + i, i % 10 == 0 ? List.of() : List.of("p" + (i - 1)));
      for (int type = 0; type < 24; type++) {
        jar.empty("p" + i + ".C" + type);
      }
      jar.writeTo(folder.resolve("p" + i + ".jar"));
    }
  }

  @TearDown
  public void deleteJars() throws IOException {
    for (int i = 0; i < PLUGINS; i++) {
      Files.delete(folder.resolve("p" + i + ".jar"));
    }
    Files.delete(folder);
  }

  @TearDown(Level.Invocation)
  public void unload() {
    if (running.size() != PLUGINS) {
      throw new IllegalStateException(running.size() + " plugins were started");
    }
    running.close();
  }

  @Benchmark
  public Object loadAndStart() {
    running = peer.start(folder);
    return running;
  }
}
