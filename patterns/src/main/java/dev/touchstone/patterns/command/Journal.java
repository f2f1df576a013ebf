package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps commands in a directory, in order, so that a program that dies can do them again.
 *
 * <p>A program appends each command <em>before</em> it executes it. When it starts, it restores the
 * last snapshot and replays the commands after it:
 *
 * {@snippet class="dev.touchstone.patterns.command.SnippetsTest" region="journal"}
 *
 * <p><b>What is promised.</b> When {@link #append} has returned, the command is there after a crash of
 * the process, and unless {@link Sync#none()} was chosen also of the machine. A command whose append
 * had not returned may be there or not; it is never there in part, nor out of order. A record damaged
 * by a crash during its append is cut off when the journal is opened. A damaged record that had been
 * acknowledged is reported as a {@link CorruptJournalException}, and nothing is changed.
 *
 * <p><b>What is asked.</b> Replaying must lead to the same state again, so commands must say
 * everything: the time, ids and random numbers belong into them.
 *
 * <p><b>Failures.</b> After a failed write or confirmation nobody knows what is on the disk. The
 * journal then refuses all work; opening it again finds out.
 *
 * <p><b>Threads.</b> Safe for use by several threads; starts none. One process at a time can have the
 * directory open.
 *
 * <p><b>Source:</b> group commit after DeWitt et al., <i>Implementation Techniques for Main Memory
 * Database Systems</i>, SIGMOD 1984; why a failed confirmation is final: Rebello et al., <i>Can
 * Applications Recover from fsync Failures?</i>, USENIX ATC 2020.
 *
 * @param <C> the type of the commands
 */
public final class Journal<C> implements AutoCloseable {

  /*
   * The directory holds N.journal, the commands after the first N, and N.snapshot, the state after
   * them; a journal that begins at 0 needs no snapshot. A new snapshot is written under a temporary
   * name, then the journal that goes with it, and then the snapshot is renamed: that is the moment
   * from which on the new pair counts. Files of other numbers are leftovers and deleted.
   */

  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final String JOURNAL = ".journal";
  private static final String SNAPSHOT = ".snapshot";
  private static final String TEMPORARY = ".temporary";

  private final Path directory;
  private final Codec<C> codec;
  private final Sync sync;
  private final Disk disk;
  private final FileChannel directoryLock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition forced = lock.newCondition();

  // All guarded by the lock, which is not held while a group waits for the disk.
  private RecordFile file;
  private long end = RecordFile.HEADER;
  private long durableEnd; // what the disk has confirmed of the file
  private long sequence;
  private long confirmed; // the last command that a group need not wait for
  private boolean forcing;
  private boolean closed;
  private @Nullable Throwable failure;

  private Journal(Builder<C> builder, Path directory, FileChannel directoryLock)
      throws IOException {
    this.directory = directory;
    this.codec = builder.codec;
    this.sync = builder.sync;
    this.disk = builder.disk;
    this.directoryLock = directoryLock;
    this.file = openNewest();
    try {
      recover();
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /**
   * Returns a builder of a journal of commands.
   *
   * @param codec turns the commands into bytes and back
   */
  public static <C> Builder<C> of(Codec<C> codec) {
    return new Builder<>(requireNonNull(codec, "codec"));
  }

  private RecordFile openNewest() throws IOException {
    var snapshots = numbers(SNAPSHOT);
    var journals = numbers(JOURNAL);
    long newest = snapshots.stream().mapToLong(Long::longValue).max().orElse(0);
    if (!journals.contains(newest)) {
      if (!snapshots.isEmpty() || !journals.isEmpty()) {
        throw new CorruptJournalException(path(newest, JOURNAL), 0, "it is missing");
      }
      return createFirst();
    }
    deleteOthers(newest);
    boolean unfinished =
        newest == 0 && snapshots.isEmpty() && Files.size(path(newest, JOURNAL)) < RecordFile.HEADER;
    return unfinished ? createFirst() : RecordFile.open(disk, path(newest, JOURNAL));
  }

  private RecordFile createFirst() throws IOException {
    var first = RecordFile.create(disk, path(0, JOURNAL), 0);
    disk.forceDirectory(directory);
    return first;
  }

  private List<Long> numbers(String ending) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d{19}" + ending.replace(".", "\\.")))
          .map(name -> Long.valueOf(name.substring(0, 19)))
          .toList();
    }
  }

  private Path path(long number, String ending) {
    return directory.resolve("%019d%s".formatted(number, ending));
  }

  private void deleteOthers(long newest) throws IOException {
    for (var ending : List.of(JOURNAL, SNAPSHOT, TEMPORARY)) {
      for (long number : numbers(ending)) {
        if (number != newest || ending.equals(TEMPORARY)) {
          disk.delete(path(number, ending));
        }
      }
    }
  }

  private void recover() throws IOException {
    sequence = file.number();
    for (var stored = file.read(end); stored != null; stored = file.read(end)) {
      end = stored.end();
      sequence++;
    }
    file.cutOff(end);
    file.force(); // what a process that died had not confirmed is about to be relied on
    durableEnd = end;
    confirmed = sequence;
  }

  /** Returns the number of commands appended since the journal began, those of snapshots included. */
  public long sequence() {
    lock.lock();
    try {
      return sequence;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the state that was stored last by {@link #snapshot(long, byte[])}; empty if none was.
   *
   * @throws CorruptJournalException if it is damaged
   */
  public Optional<byte[]> snapshot() {
    lock.lock();
    try {
      checkUsable();
      var path = path(file.number(), SNAPSHOT);
      return Files.exists(path) ? Optional.of(readSnapshot(path)) : Optional.empty();
    } catch (IOException e) {
      throw new JournalException("the snapshot of " + directory + " cannot be read", e);
    } finally {
      lock.unlock();
    }
  }

  private byte[] readSnapshot(Path path) throws IOException {
    try (var snapshot = RecordFile.open(disk, path)) {
      var stored = snapshot.read(RecordFile.HEADER);
      if (stored == null) {
        throw new CorruptJournalException(path, RecordFile.HEADER, "the snapshot is damaged");
      }
      return stored.payload();
    }
  }

  /**
   * Gives the commands after the snapshot to a consumer, in the order they were appended. The
   * consumer must not use the journal.
   *
   * @return how many there were
   * @throws JournalException if a command cannot be read or decoded
   */
  public long replay(Consumer<? super C> consumer) {
    requireNonNull(consumer, "consumer");
    long count = 0;
    long from = RecordFile.HEADER;
    for (var stored = stored(from); stored != null; stored = stored(from)) {
      consumer.accept(decode(stored, from));
      from = stored.end();
      count++;
    }
    return count;
  }

  private RecordFile.@Nullable Stored stored(long offset) {
    lock.lock();
    try {
      checkUsable();
      if (offset == end) {
        return null;
      }
      var stored = file.read(offset);
      if (stored == null) {
        throw new CorruptJournalException(
            file.path(), offset, "the record was good when the journal was opened");
      }
      return stored;
    } catch (IOException e) {
      throw new JournalException("the journal in " + directory + " cannot be read", e);
    } finally {
      lock.unlock();
    }
  }

  private C decode(RecordFile.Stored stored, long offset) {
    try {
      return codec.decode(stored.payload());
    } catch (RuntimeException e) {
      throw new JournalException(
          "the codec cannot read the command at offset " + offset + " of " + file.path()
              + ", which is not damaged; was it written by another version?",
          e);
    }
  }

  /**
   * Appends a command, and returns when it is as safe as {@link Builder#sync} demands. To be called
   * before the command is executed.
   *
   * <p>Waits for the disk; interrupting the thread does not end that, and its flag is kept.
   *
   * @return the number of the command, 1 for the first
   * @throws IllegalArgumentException if the encoded command is longer than 64 MiB
   * @throws JournalException if it could not be written, or an earlier one could not; whether it is
   *     in the journal is then known only after that has been opened again
   * @throws IllegalStateException if the journal is closed
   */
  public long append(C command) {
    var payload = codec.encode(requireNonNull(command, "command"));
    checkLength(payload, "command");
    lock.lock();
    try {
      checkUsable();
      end = file.append(payload, end, durableEnd);
      long number = ++sequence;
      switch (sync) {
        case Sync.Every every -> {
          file.force();
          durableEnd = end;
        }
        case Sync.Group(var window) -> awaitGroup(number, window);
        case Sync.None none -> {}
      }
      return number;
    } catch (IOException e) {
      failure = e;
      throw new JournalException(
          "the journal in " + directory + " could not be written; open it "
              + "again to find out what it holds",
          e);
    } finally {
      lock.unlock();
    }
  }

  private static void checkLength(byte[] bytes, String what) {
    if (bytes.length > RecordFile.MAX_PAYLOAD) {
      throw new IllegalArgumentException("an encoded " + what + " must have at most "
          + RecordFile.MAX_PAYLOAD + " bytes, had " + bytes.length);
    }
  }

  /** Waits until the disk has confirmed what was appended; one of those who wait asks it. */
  private void awaitGroup(long number, Duration window) throws IOException {
    while (confirmed < number) {
      checkUsable();
      if (forcing) {
        forced.awaitUninterruptibly();
      } else {
        forceForAll(window);
      }
    }
  }

  private void forceForAll(Duration window) throws IOException {
    forcing = true;
    try {
      letOthersJoin(window.toNanos());
      long newEnd = end;
      long newest = sequence;
      lock.unlock();
      try {
        file.force();
      } finally {
        lock.lock();
      }
      durableEnd = newEnd;
      confirmed = newest;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      forcing = false;
      forced.signalAll();
    }
  }

  private void letOthersJoin(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
      try {
        forced.awaitNanos(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stores the state that all commands so far have led to, and begins a new file of commands after
   * it. What is replaced is deleted. After a crash in the middle, either the old state and all
   * commands after it are there, or the new state.
   *
   * @param sequence the {@linkplain #append number} of the last command that the state includes
   * @param state the state, at most 64 MiB
   * @throws IllegalStateException if commands were appended after that one, which the state would
   *     lose; or if the journal is closed
   * @throws IllegalArgumentException if the state is longer than 64 MiB
   * @throws JournalException if it could not be written
   */
  public void snapshot(long sequence, byte[] state) {
    checkLength(requireNonNull(state, "state"), "state");
    lock.lock();
    try {
      checkUsable();
      while (forcing) {
        forced.awaitUninterruptibly();
        checkUsable();
      }
      if (sequence != this.sequence) {
        throw new IllegalStateException("the state is that after command " + sequence
            + ", but the journal has " + this.sequence + "; keep appends out while taking it");
      }
      replaceBy(sequence, state);
    } catch (IOException e) {
      failure = e;
      throw new JournalException(
          "the snapshot of " + directory + " could not be written; open the "
              + "journal again to find out what it holds",
          e);
    } finally {
      lock.unlock();
    }
  }

  private void replaceBy(long number, byte[] state) throws IOException {
    var temporary = path(number, TEMPORARY);
    try (var snapshot = RecordFile.create(disk, temporary, number)) {
      snapshot.append(state, RecordFile.HEADER, 0);
      snapshot.force();
    }
    var old = file;
    var next =
        number == old.number() ? old : RecordFile.create(disk, path(number, JOURNAL), number);
    disk.forceDirectory(directory);
    disk.move(temporary, path(number, SNAPSHOT));
    disk.forceDirectory(directory);
    if (next != old) {
      file = next;
      end = RecordFile.HEADER;
      durableEnd = end;
      confirmed = number; // also those that wait for the disk: the snapshot has them
      forced.signalAll();
      old.close();
      deleteOld(number);
    }
  }

  private void deleteOld(long number) {
    try {
      deleteOthers(number);
    } catch (IOException e) { // they do no harm, and the next time is another chance
      log.warn("Old files in {} could not be deleted", directory, e);
    }
  }

  private void checkUsable() {
    if (closed) {
      throw new IllegalStateException("the journal in " + directory + " is closed");
    }
    if (failure != null) {
      throw new JournalException(
          "the journal in " + directory + " has failed before; open it again "
              + "to find out what it holds",
          failure);
    }
  }

  /**
   * Closes the journal, after the appends under way. Closing it again does nothing.
   *
   * @throws JournalException if a file could not be closed
   */
  @Override
  public void close() {
    lock.lock();
    try {
      while (forcing) {
        forced.awaitUninterruptibly();
      }
      if (closed) {
        return;
      }
      closed = true;
      forced.signalAll();
      try {
        file.close();
      } finally {
        directoryLock.close();
      }
    } catch (IOException e) {
      throw new JournalException("the journal in " + directory + " could not be closed", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "Journal[" + directory + "]";
  }

  /**
   * Opens a {@link Journal}. Reusable after that; not for several threads.
   *
   * @param <C> the type of the commands
   */
  public static final class Builder<C> {

    private final Codec<C> codec;
    private Sync sync = Sync.every();
    private Disk disk = Disk.real();

    private Builder(Codec<C> codec) {
      this.codec = codec;
    }

    /** Sets when the disk confirms what was appended. The default is {@link Sync#every()}. */
    public Builder<C> sync(Sync sync) {
      this.sync = requireNonNull(sync, "sync");
      return this;
    }

    Builder<C> disk(Disk disk) {
      this.disk = disk;
      return this;
    }

    /**
     * Opens the journal in a directory, which is created if it does not exist. Reads all commands
     * after the snapshot once, to check them.
     *
     * @throws CorruptJournalException if commands that were acknowledged are damaged
     * @throws JournalException if the directory is in use, or cannot be read or written
     */
    public Journal<C> open(Path directory) {
      requireNonNull(directory, "directory");
      try {
        Files.createDirectories(directory);
        var directoryLock = FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
          lockOrFail(directoryLock, directory);
          return new Journal<>(this, directory, directoryLock);
        } catch (Throwable e) {
          directoryLock.close();
          throw e;
        }
      } catch (IOException e) {
        throw new JournalException("the journal in " + directory + " cannot be opened", e);
      }
    }

    private static void lockOrFail(FileChannel channel, Path directory) throws IOException {
      try {
        if (channel.tryLock() != null) { // held until the channel is closed
          return;
        }
      } catch (OverlappingFileLockException e) {
        throw inUse(directory, e);
      }
      throw inUse(directory, null);
    }

    private static JournalException inUse(Path directory, @Nullable Throwable cause) {
      return new JournalException(
          "the journal in " + directory + " is in use; close it there, or "
              + "use another directory",
          cause);
    }
  }
}
