package dev.touchstone.benchmarks.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Asking the loader of a plugin, which requires ten others, for classes that it has met before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBenchmark {

  private static final int DEPENDENCIES = 10;

  @Param
  public Peer peer;

  private final List<Path> files = new ArrayList<>();
  private Path folder;
  private Peer.Running running;
  private ClassLoader loader;

  @Setup
  public void start() throws IOException {
    folder = Files.createTempDirectory("plugins");
    var ids = new ArrayList<String>();
    for (int i = 0; i < DEPENDENCIES; i++) {
      ids.add("lib" + i);
      write("lib" + i, List.of());
    }
    write("user", ids);
    running = peer.start(folder);
    loader = running.loaderOf("user");
  }

  private void write(String id, List<String> requires) throws IOException {
    var file = folder.resolve(id + ".jar");
    peer.jar(id, requires).empty(id + ".C").writeTo(file);
    files.add(file);
  }

  @TearDown
  public void stop() throws IOException {
    running.close();
    for (var file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  @Benchmark
  public Class<?> ofItsOwn() throws ClassNotFoundException {
    return loader.loadClass("user.C");
  }

  @Benchmark
  public Class<?> ofTheJdk() throws ClassNotFoundException {
    return loader.loadClass("java.util.ArrayList");
  }

  @Benchmark
  public Class<?> ofTheLastDependency() throws ClassNotFoundException {
    return loader.loadClass("lib9.C");
  }

  @Benchmark
  public Object thatIsNowhere() {
    try {
      return loader.loadClass("nowhere.C");
    } catch (ClassNotFoundException e) {
      return e;
    }
  }
}
