package dev.touchstone.examples.scraper.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A disk that can lose its power: of what was not forced, a random part is kept, as after a real power
 * cut.
 */
public final class LossyStorage implements Storage {

  /** Thrown at the moment of the power cut, and by everything after it. */
  public static final class PowerCut extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  private final Random random;
  private final Map<Path, File> files = new HashMap<>();
  private long operationsLeft = Long.MAX_VALUE;

  public LossyStorage(Random random) {
    this.random = random;
  }

  /** Lets the power go after so many more operations. */
  public void cutAfter(long operations) {
    operationsLeft = operations;
  }

  /** Brings the power back; the files are as the disk has kept them. */
  public void restart() {
    operationsLeft = Long.MAX_VALUE;
    files.values().forEach(file -> file.lose(random));
  }

  /** Returns what is on the disk and what would be there soon. */
  public byte[] content(Path path) {
    return files.get(path).content.toByteArray();
  }

  /** Returns how much of a file is on the disk for sure. */
  public long forced(Path path) {
    return files.get(path).forced;
  }

  @Override
  public AppendFile open(Path path, long length) throws IOException {
    var file = files.computeIfAbsent(path, name -> new File());
    file.cutTo(length);
    return file;
  }

  private void operate() {
    if (operationsLeft-- <= 0) {
      throw new PowerCut();
    }
  }

  private final class File implements AppendFile {

    private ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int forced;

    @Override
    public void append(byte[] bytes) {
      operate();
      content.writeBytes(bytes);
    }

    @Override
    public void force() {
      operate();
      forced = content.size();
    }

    @Override
    public long length() {
      return content.size();
    }

    void lose(Random random) {
      keep(forced + random.nextInt(content.size() - forced + 1));
    }

    void cutTo(long length) throws IOException {
      if (length > content.size()) {
        throw new IOException("shorter than " + length);
      }
      keep((int) length);
    }

    private void keep(int length) {
      var kept = new ByteArrayOutputStream();
      kept.writeBytes(Arrays.copyOf(content.toByteArray(), length));
      content = kept;
      forced = Math.min(forced, length);
    }

    @Override
    public void close() {}
  }
}
