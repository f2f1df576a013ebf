package dev.touchstone.examples.scraper;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.frontier.Frontier;
import dev.touchstone.examples.scraper.frontier.SqliteFrontier;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where a crawl is kept: a folder with its database, and the output files, whose names start from the
 * folder that this one is in. One process uses it at a time.
 */
public final class CrawlHome implements AutoCloseable {

  private static final String DATABASE = "crawl.db";
  private static final String LOCK = "lock";

  private final Closeable lock;
  private final Frontier frontier;
  private final OutputFiles files;
  private final List<Sink> sinks;

  CrawlHome(Closeable lock, Frontier frontier, OutputFiles files, List<Sink> sinks) {
    this.lock = requireNonNull(lock, "lock");
    this.frontier = requireNonNull(frontier, "frontier");
    this.files = requireNonNull(files, "files");
    this.sinks = List.copyOf(sinks);
  }

  /**
   * Makes the home of a new crawl. A crawl that was kept there is removed, and output files of the same
   * names are emptied.
   *
   * @param folder created if it does not exist; the folder that it is in must exist
   * @param sinks opens the output files and makes what writes to them
   * @throws CrawlHomeException if the folder cannot be used
   * @throws dev.touchstone.examples.scraper.sink.OutputException if an output file cannot be opened
   */
  public static CrawlHome create(
      Path folder, Storage storage, Function<OutputFiles, List<Sink>> sinks) {
    var files = new OutputFiles(base(folder), storage, Map.of());
    try {
      var made = sinks.apply(files);
      Files.createDirectories(folder);
      var lock = lock(folder);
      for (var suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve(DATABASE + suffix));
      }
      return new CrawlHome(lock, SqliteFrontier.open(folder.resolve(DATABASE)), files, made);
    } catch (IOException e) {
      files.close();
      throw new CrawlHomeException(folder, e);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /**
   * Opens the home of a crawl to go on with it. Its output files are cut back to the last commit.
   *
   * @param folder as it was given to {@link #create}
   * @param sinks opens the same output files and makes what writes to them
   * @throws CrawlHomeException if no crawl is kept there, or another process uses it
   * @throws dev.touchstone.examples.scraper.sink.OutputException if an output file cannot be opened, or
   *     is shorter than it was at the last commit
   */
  public static CrawlHome open(
      Path folder, Storage storage, Function<OutputFiles, List<Sink>> sinks) {
    if (!Files.exists(folder.resolve(DATABASE))) {
      throw new CrawlHomeException(
          "no crawl is kept in " + folder + "; it must be a folder with a file " + DATABASE);
    }
    try {
      var lock = lock(folder);
      var frontier = SqliteFrontier.open(folder.resolve(DATABASE));
      var files = new OutputFiles(base(folder), storage, frontier.offsets());
      return new CrawlHome(lock, frontier, files, sinks.apply(files));
    } catch (IOException e) {
      throw new CrawlHomeException(folder, e);
    }
  }

  private static Path base(Path folder) {
    var parent = folder.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /* The operating system gives the lock back when the process ends, however it ends. */
  private static FileChannel lock(Path folder) throws IOException {
    var channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) { // held by another crawl of this process
      channel.close();
      throw inUse(folder);
    }
    channel.close();
    throw inUse(folder);
  }

  private static CrawlHomeException inUse(Path folder) {
    return new CrawlHomeException("a crawl is under way in " + folder + "; wait for it or stop it");
  }

  Frontier frontier() {
    return frontier;
  }

  OutputFiles files() {
    return files;
  }

  List<Sink> sinks() {
    return sinks;
  }

  /** Closes the database and the files. What was not committed will not be there. */
  @Override
  public void close() {
    try (lock;
        frontier) {
      files.close();
    } catch (IOException e) {
      throw new CrawlHomeException("cannot give the lock back: " + e.getMessage(), e);
    }
  }
}
