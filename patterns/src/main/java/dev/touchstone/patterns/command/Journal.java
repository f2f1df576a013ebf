package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
 * acknowledged is reported as a {@link CorruptJournalException}, and nothing is changed. (What says
 * that a record had been acknowledged is one appended later. Damage done afterwards to the very last
 * ones cannot be told from a crash.)
 *
 * <p><b>What is asked.</b> Replaying must lead to the same state again, so commands must say
 * everything: the time, ids and random numbers belong into them.
 *
 * <p><b>Failures.</b> After a failed write or confirmation, of a full disk for instance, nobody knows
 * what is on the disk. The journal then refuses all work; opening it again finds out.
 *
 * <p><b>Threads.</b> Safe for use by several threads; starts none. Interrupting a thread does not end
 * what it does here, and its flag is kept. One journal of one process at a time can have the directory
 * open.
 *
 * <p><b>Source:</b> group commit after DeWitt et al., <i>Implementation Techniques for Main Memory
 * Database Systems</i>, SIGMOD 1984; why a failed confirmation is final: Rebello et al., <i>Can
 * Applications Recover from fsync Failures?</i>, USENIX ATC 2020.
 *
 * @param <C> the type of the commands
 */
public final class Journal<C> implements AutoCloseable {

  private final JournalDirectory directory;
  private final Codec<C> codec;
  private final Sync sync;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition(); // of what follows

  // All guarded by the lock, which is not held while a group waits for the disk.
  private RecordFile file;
  private long end = RecordFile.HEADER;
  private long durableEnd; // what the disk has confirmed of the file
  private long sequence;
  private long confirmed; // the last command that a group need not wait for
  private int waiting; // the threads that wait for a group
  private boolean forcing; // one of them has the disk confirm
  private boolean closed;
  private @Nullable Throwable failure;

  private Journal(Codec<C> codec, Sync sync, JournalDirectory directory) throws IOException {
    this.codec = codec;
    this.sync = sync;
    this.directory = directory;
    this.file = directory.openRecords();
    try {
      recover();
    } catch (Throwable e) {
      file.close();
      throw e;
    }
    directory.deleteLeftovers(file.number());
  }

  /**
   * Returns a builder of a journal of commands.
   *
   * @param codec turns the commands into bytes and back
   */
  public static <C> Builder<C> of(Codec<C> codec) {
    return new Builder<>(requireNonNull(codec, "codec"));
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
   * @throws JournalException if it cannot be read
   * @throws IllegalStateException if the journal is closed
   */
  public Optional<byte[]> snapshot() {
    lock.lock();
    try {
      checkUsable();
      return directory.readSnapshot(file.number());
    } catch (IOException e) {
      throw new JournalException("the snapshot of " + directory + " cannot be read", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the commands after the snapshot to a consumer, in the order they were appended. Those that
   * are appended meanwhile are not among them.
   *
   * @return how many there were
   * @throws JournalException if a command cannot be read or decoded
   * @throws IllegalStateException if the journal is closed, or a snapshot has replaced the commands
   *     meanwhile
   */
  public long replay(Consumer<? super C> consumer) {
    requireNonNull(consumer, "consumer");
    var replayed = start();
    long count = 0;
    long from = RecordFile.HEADER;
    while (from < replayed.end) {
      var stored = read(replayed.file, from);
      consumer.accept(decode(stored, replayed.file, from));
      from = stored.end();
      count++;
    }
    return count;
  }

  private Part start() {
    lock.lock();
    try {
      checkUsable();
      return new Part(file, end);
    } finally {
      lock.unlock();
    }
  }

  private RecordFile.Stored read(RecordFile replayed, long offset) {
    lock.lock();
    try {
      checkUsable();
      if (replayed != file) {
        throw new IllegalStateException(
            "a snapshot has replaced the commands that were being replayed; take none meanwhile");
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

  private C decode(RecordFile.Stored stored, RecordFile replayed, long offset) {
    try {
      return codec.decode(stored.payload());
    } catch (RuntimeException e) {
      throw new JournalException(
          "the codec cannot read the command at offset " + offset + " of " + replayed.path()
              + ", which is not damaged; was it written by another version?",
          e);
    }
  }

  /**
   * Appends a command, and returns when it is as safe as {@link Builder#sync} demands. To be called
   * before the command is executed.
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
      long number = write(payload);
      switch (sync) {
        case Sync.Every every -> force();
        case Sync.Group(var window) -> awaitGroup(number, window);
        case Sync.None none -> {}
      }
      return number;
    } catch (IOException e) {
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

  private long write(byte[] payload) throws IOException {
    try {
      end = file.append(payload, end, durableEnd);
      return ++sequence;
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  private void force() throws IOException {
    try {
      file.force();
      durableEnd = end;
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  /** Waits until the disk has confirmed what was appended; one of those who wait asks it. */
  private void awaitGroup(long number, Duration window) throws IOException {
    waiting++;
    try {
      while (confirmed < number) {
        checkNotFailed();
        if (forcing) {
          changed.awaitUninterruptibly();
        } else {
          forceForAll(window);
        }
      }
    } finally {
      waiting--;
      changed.signalAll();
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
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      forcing = false;
      changed.signalAll();
    }
  }

  private void letOthersJoin(long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    for (long left = nanos; left > 0 && !closed; left = deadline - System.nanoTime()) {
      try {
        changed.awaitNanos(left);
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
      while (forcing) {
        changed.awaitUninterruptibly();
      }
      checkUsable();
      if (sequence != this.sequence) {
        throw new IllegalStateException("the state is that after command " + sequence
            + ", but the journal has " + this.sequence + "; keep appends out while taking it");
      }
      replaceBy(sequence, state);
    } catch (IOException e) {
      throw new JournalException(
          "the snapshot of " + directory + " could not be written; open the "
              + "journal again to find out what it holds",
          e);
    } finally {
      lock.unlock();
    }
  }

  private void replaceBy(long number, byte[] state) throws IOException {
    try {
      var old = file;
      file = directory.replace(old, number, state);
      if (file != old) {
        end = RecordFile.HEADER;
        durableEnd = end;
        confirmed = number; // also for those who wait for the disk: the snapshot has their commands
        changed.signalAll();
        old.close();
        directory.deleteLeftovers(number);
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  private void checkUsable() {
    if (closed) {
      throw new IllegalStateException("the journal in " + directory + " is closed");
    }
    checkNotFailed();
  }

  private void checkNotFailed() {
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
      closed = true;
      changed.signalAll(); // whoever lets others join need not wait for them any more
      while (waiting > 0) {
        changed.awaitUninterruptibly();
      }
      try {
        file.close();
      } finally {
        directory.close();
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
   * What a journal had when a replay began.
   *
   * @param file the file of the commands
   * @param end the offset behind the last of them
   */
  private record Part(RecordFile file, long end) {}

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
     * @throws UnsupportedOperationException if the directory is not one of the machine's file system
     */
    public Journal<C> open(Path directory) {
      requireNonNull(directory, "directory").toFile(); // throws if it has none
      try {
        var opened = JournalDirectory.open(directory, disk);
        try {
          return new Journal<>(codec, sync, opened);
        } catch (Throwable e) {
          opened.close();
          throw e;
        }
      } catch (IOException e) {
        throw new JournalException("the journal in " + directory + " cannot be opened", e);
      }
    }
  }
}
