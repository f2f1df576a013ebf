package dev.touchstone.benchmarks.patterns;

import dev.touchstone.patterns.command.Codec;
import dev.touchstone.patterns.command.Journal;
import dev.touchstone.patterns.command.Sync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Appending 200 bytes to a journal, beside the least that a safe append can do: write the bytes at the
 * end of a file, and have the disk confirm them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class JournalBenchmark {

  private static final int LENGTH = 200;

  private static final class Bytes implements Codec<byte[]> {

    @Override
    public byte[] encode(byte[] command) {
      return command;
    }

    @Override
    public byte[] decode(byte[] bytes) {
      return bytes;
    }
  }

  /** A file that is appended to by one thread at a time. */
  private static final class Raw {

    private final FileChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);

    Raw(Path file) throws IOException {
      channel = FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    synchronized void append(byte[] command) throws IOException {
      channel.write(bytes.clear().put(command).flip());
      channel.force(false);
    }
  }

  private final byte[] command = new byte[LENGTH];
  private Path directory;
  private Journal<byte[]> every;
  private Journal<byte[]> group;
  private Raw raw;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    directory = Files.createTempDirectory("journal");
    every = Journal.of(new Bytes()).sync(Sync.every()).open(directory.resolve("every"));
    group =
        Journal.of(new Bytes()).sync(Sync.group(Duration.ZERO)).open(directory.resolve("group"));
    raw = new Raw(directory.resolve("raw"));
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    every.close();
    group.close();
    raw.channel.close();
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public void rawAppend() throws IOException {
    raw.append(command);
  }

  @Benchmark
  public long everyAppend() {
    return every.append(command);
  }

  @Benchmark
  public long groupAppend() {
    return group.append(command);
  }

  @Benchmark
  @Threads(8)
  public void rawAppendBy8() throws IOException {
    raw.append(command);
  }

  @Benchmark
  @Threads(8)
  public long groupAppendBy8() {
    return group.append(command);
  }
}
