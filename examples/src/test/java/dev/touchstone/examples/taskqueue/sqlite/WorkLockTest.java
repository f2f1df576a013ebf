package dev.touchstone.examples.taskqueue.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.taskqueue.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That another process may not have the lock either is in {@code FaultsTest}. */
class WorkLockTest {

  @TempDir
  private Path folder;

  private final AtomicInteger takeOvers = new AtomicInteger();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = Files.createFile(folder.resolve("queue.db"));
  }

  @Test
  void isTakenOnceByTheStoreThatHasIt() {
    try (var lock = new WorkLock(file)) {
      lock.acquire(takeOvers::incrementAndGet);
      lock.acquire(takeOvers::incrementAndGet);
    }

    assertThat(takeOvers).hasValue(1);
  }

  @Test
  void isTheSameWhateverTheFileIsCalled() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("link.db"), file);
    try (var first = new WorkLock(file);
        var second = new WorkLock(link)) {
      first.acquire(takeOvers::incrementAndGet);

      assertThatThrownBy(() -> second.acquire(takeOvers::incrementAndGet))
          .isInstanceOf(StoreException.class)
          .hasMessage("another process works off this queue (it holds "
              + file.toRealPath().resolveSibling("queue.db.lock")
              + "): stop it first, or use PostgreSQL for several workers");
    }
  }

  @Test
  void isGivenBackWhenItIsClosedOrCannotBeTakenOver() {
    var second = new WorkLock(file);
    try (var first = new WorkLock(file)) {
      assertThatThrownBy(() -> first.acquire(() -> {
            throw new StoreException("the disk is full");
          }))
          .hasMessage("the disk is full");
      second.acquire(takeOvers::incrementAndGet);
      second.close();
      first.acquire(takeOvers::incrementAndGet);
    }

    assertThat(takeOvers).hasValue(2);
  }
}
