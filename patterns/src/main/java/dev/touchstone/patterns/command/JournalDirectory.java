package dev.touchstone.patterns.command;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a journal: which of them count, and how new ones take their place. */
final class JournalDirectory implements Closeable {

  /*
   * The directory holds N.journal, the commands after the first N, and N.snapshot, the state after
   * them; a journal that begins at 0 needs no snapshot. A new snapshot is written under a temporary
   * name, then the journal that goes with it, and then the snapshot is renamed: that is the moment
   * from which on the new pair counts. Files of other numbers are leftovers.
   *
   * A file is there after a crash of the machine only if its directory was forced after the file
   * was made, and so on upwards.
   */

  private static final Logger log = LoggerFactory.getLogger(JournalDirectory.class);
  private static final String JOURNAL = ".journal";
  private static final String SNAPSHOT = ".snapshot";
  private static final String TEMPORARY = ".temporary";

  private final Path path;
  private final Disk disk;
  private final DirectoryLock lock;

  private JournalDirectory(Path path, Disk disk, DirectoryLock lock) {
    this.path = path;
    this.disk = disk;
    this.lock = lock;
  }

  /** Opens a directory, which is created if it does not exist, and keeps others out of it. */
  static JournalDirectory open(Path path, Disk disk) throws IOException {
    create(path.toAbsolutePath(), disk);
    return new JournalDirectory(path, disk, DirectoryLock.take(path));
  }

  private static void create(Path directory, Disk disk) throws IOException {
    var parent = directory.getParent();
    if (parent == null) {
      return;
    }
    if (Files.isDirectory(directory)) {
      forceIfAllowed(parent, disk); // who made the directory may have died before saying so
    } else {
      create(parent, disk);
      Files.createDirectories(directory); // no failure if another makes it at the same time
      disk.forceDirectory(parent);
    }
  }

  private static void forceIfAllowed(Path parent, Disk disk) throws IOException {
    try {
      disk.forceDirectory(parent);
    } catch (AccessDeniedException e) { // then it was not this program that made the directory
      log.debug("{} cannot be read, and so not be forced", parent);
    }
  }

  /** Opens the file of the commands that count, or makes it if there never was one. */
  RecordFile openRecords() throws IOException {
    var snapshots = numbers(SNAPSHOT);
    var journals = numbers(JOURNAL);
    long newest = snapshots.stream().mapToLong(Long::longValue).max().orElse(0);
    var file = file(newest, JOURNAL);
    if (journals.contains(newest)) {
      var unfinished = newest == 0 && snapshots.isEmpty() && Files.size(file) <= RecordFile.HEADER;
      return unfinished ? createFirst() : RecordFile.open(disk, file, newest);
    }
    if (!snapshots.isEmpty() || !journals.isEmpty()) {
      throw new CorruptJournalException(file, 0, "it is missing");
    }
    return createFirst();
  }

  private RecordFile createFirst() throws IOException {
    var first = RecordFile.create(disk, file(0, JOURNAL), 0);
    try {
      disk.forceDirectory(path);
      return first;
    } catch (Throwable e) {
      first.close();
      throw e;
    }
  }

  private List<Long> numbers(String ending) throws IOException {
    try (var files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("0\\d{18}" + ending.replace(".", "\\."))) // all fit a long
          .map(name -> Long.valueOf(name.substring(0, 19)))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Path file(long number, String ending) {
    return path.resolve("%019d%s".formatted(number, ending));
  }

  /** Returns the state after so many commands; empty if there is none. */
  Optional<byte[]> readSnapshot(long number) throws IOException {
    var file = file(number, SNAPSHOT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var snapshot = RecordFile.open(disk, file, number)) {
      var stored = snapshot.read(RecordFile.HEADER);
      if (stored == null) {
        throw new CorruptJournalException(file, RecordFile.HEADER, "the snapshot is damaged");
      }
      return Optional.of(stored.payload());
    }
  }

  /**
   * Makes a state count, and returns the file for the commands after it: the present one if that has
   * none yet, otherwise a new one, and the present one is left to be closed.
   */
  RecordFile replace(RecordFile present, long number, byte[] state) throws IOException {
    var temporary = file(number, TEMPORARY);
    try (var snapshot = RecordFile.create(disk, temporary, number)) {
      snapshot.append(state, RecordFile.HEADER, 0);
      snapshot.force();
    }
    var next = number == present.number()
        ? present
        : RecordFile.create(disk, file(number, JOURNAL), number);
    try {
      disk.forceDirectory(path);
      disk.move(temporary, file(number, SNAPSHOT));
      disk.forceDirectory(path);
      return next;
    } catch (Throwable e) {
      if (next != present) {
        next.close();
      }
      throw e;
    }
  }

  /** Deletes the files that do not count, as far as that is possible. */
  void deleteLeftovers(long newest) {
    try {
      for (var ending : List.of(JOURNAL, SNAPSHOT, TEMPORARY)) {
        for (long number : numbers(ending)) {
          if (number != newest || ending.equals(TEMPORARY)) {
            disk.delete(file(number, ending));
          }
        }
      }
    } catch (IOException e) { // they do no harm, and the next time is another chance
      log.warn("Old files in {} could not be deleted", path, e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
