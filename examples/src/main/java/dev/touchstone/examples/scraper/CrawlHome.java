package dev.touchstone.examples.scraper;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.lock.ProcessLock;
import dev.touchstone.examples.scraper.frontier.Frontier;
import dev.touchstone.examples.scraper.frontier.SqliteFrontier;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * names are emptied; but nothing is touched if a crawl is under way there.
   *
   * @param folder created if it does not exist; the folder that it is in must exist
   * @param sinks opens the output files and makes what writes to them
   * @throws CrawlHomeException if the folder cannot be used, or another process uses it
   * @throws dev.touchstone.examples.scraper.sink.OutputException if an output file cannot be opened
   */
  public static CrawlHome create(
      Path folder, Storage storage, Function<OutputFiles, List<Sink>> sinks) {
    try (var opening = new Opening()) {
      // Where a crawl may be under way, the lock comes first: the files may be its own. Where none
      // can be,
      // the files do: a wrong name of one must leave no folder behind.
      var held = Files.exists(folder)
          ? Optional.of(opening.add(lock(folder)))
          : Optional.<ProcessLock>empty();
      var files = new OutputFiles(base(folder), storage, Map.of());
      opening.add(files::close);
      var made = sinks.apply(files);
      Files.createDirectories(folder);
      var lock = held.isPresent() ? held.get() : opening.add(lock(folder));
      for (var suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve(DATABASE + suffix));
      }
      var frontier = SqliteFrontier.open(database(folder));
      return opening.done(new CrawlHome(lock, frontier, files, made));
    } catch (IOException e) {
      throw new CrawlHomeException(folder, e);
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
    if (!Files.exists(database(folder))) {
      throw new CrawlHomeException(
          "no crawl is kept in " + folder + "; it must be a folder with a file " + DATABASE);
    }
    try (var opening = new Opening()) {
      var lock = opening.add(lock(folder));
      var frontier = SqliteFrontier.open(database(folder));
      opening.add(frontier::close);
      var files = new OutputFiles(base(folder), storage, frontier.offsets());
      opening.add(files::close);
      return opening.done(new CrawlHome(lock, frontier, files, sinks.apply(files)));
    } catch (IOException e) {
      throw new CrawlHomeException(folder, e);
    }
  }

  /** What has been opened for a home: closed again, unless the home is done. */
  private static final class Opening implements Closeable {

    private final Deque<Closeable> opened = new ArrayDeque<>();

    <T extends Closeable> T add(T one) {
      opened.push(one);
      return one;
    }

    CrawlHome done(CrawlHome home) {
      opened.clear();
      return home;
    }

    @Override
    public void close() throws IOException {
      for (var one : opened) {
        one.close();
      }
    }
  }

  /** Returns the database of the crawl that is kept in a folder, for a view of it. */
  public static Path database(Path folder) {
    return folder.resolve(DATABASE);
  }

  private static Path base(Path folder) {
    var parent = folder.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static ProcessLock lock(Path folder) throws IOException {
    return ProcessLock.take(folder.resolve(LOCK))
        .orElseThrow(() -> new CrawlHomeException(
            "a crawl is under way in " + folder + "; wait for it or stop it"));
  }

  /**
   * Lets the next crawl visit all addresses again. Servers are asked only for what has changed since; what
   * has is recorded anew behind the records that there are, and replaces the items in the database.
   *
   * @throws dev.touchstone.examples.scraper.frontier.FrontierException if that cannot be kept
   */
  public void refresh() {
    frontier.refresh();
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
