package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The output files of a crawl, by their names.
 *
 * <p>Not for several threads.
 */
public final class OutputFiles implements AutoCloseable {

  /** A file that sinks append to. */
  public static final class Output {

    private final Path path;
    private final AppendFile file;
    private long forced;

    private Output(Path path, AppendFile file) {
      this.path = path;
      this.file = file;
      forced = file.length();
    }

    /**
     * Appends a text.
     *
     * @throws OutputException if the file cannot be written
     */
    public void append(String text) {
      append(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Appends bytes.
     *
     * @throws OutputException if the file cannot be written
     */
    public void append(byte[] bytes) {
      try {
        file.append(bytes);
      } catch (IOException e) {
        throw new OutputException(path, e);
      }
    }

    /** Returns the name of the file, without its folder. */
    public String name() {
      return String.valueOf(path.getFileName());
    }

    /** Returns the length of the file, everything that was appended included. */
    public long length() {
      return file.length();
    }

    private void force() {
      try {
        if (file.length() > forced) {
          file.force();
          forced = file.length();
        }
      } catch (IOException e) {
        throw new OutputException(path, e);
      }
    }
  }

  private final Path folder;
  private final Storage storage;
  private final Map<String, Long> committed;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private final Tables tables = new Tables();

  /**
   * Creates the set of files, none of which is open yet.
   *
   * @param folder what relative names start from
   * @param committed the length of each file, by name, at the last commit; empty for a new crawl,
   *     which empties files that exist
   */
  public OutputFiles(Path folder, Storage storage, Map<String, Long> committed) {
    this.folder = requireNonNull(folder, "folder");
    this.storage = requireNonNull(storage, "storage");
    this.committed = Map.copyOf(committed);
  }

  /**
   * Opens a file at its length of the last commit, once: the next call returns the same.
   *
   * @param name absolute, or relative to the folder
   * @throws OutputException if it cannot be opened
   */
  public Output open(String name) {
    var known = outputs.get(name);
    if (known != null) {
      return known;
    }
    var path = folder.resolve(name);
    try {
      var output = new Output(path, storage.open(path, committed.getOrDefault(name, 0L)));
      outputs.put(name, output);
      return output;
    } catch (IOException e) {
      throw new OutputException(path, e);
    }
  }

  /** Returns the database of the crawl, which is written with each commit. */
  public Tables tables() {
    return tables;
  }

  /**
   * Returns when everything that was appended to the files is on the disk.
   *
   * @return the length of each file, by name
   * @throws OutputException if a file cannot be written; then nothing may be committed
   */
  public Map<String, Long> force() {
    var lengths = new HashMap<String, Long>();
    outputs.forEach((name, output) -> {
      output.force();
      lengths.put(name, output.length());
    });
    return lengths;
  }

  /**
   * Closes the files.
   *
   * @throws OutputException if one cannot be closed; the others are
   */
  @Override
  public void close() {
    OutputException first = null;
    for (var output : outputs.values()) {
      try {
        output.file.close();
      } catch (IOException e) {
        first = first == null ? new OutputException(output.path, e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
