package dev.touchstone.examples.cli;

import dev.touchstone.examples.taskqueue.postgres.PostgresStore;
import dev.touchstone.examples.taskqueue.sqlite.SqliteStore;
import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a queue's store, and how commands use it. */
final class QueueStore {

  @Option(
      names = {"-s", "--store"},
      paramLabel = "STORE",
      defaultValue = "queue.db",
      description = {
        "Where the jobs are: a file, or an address such as",
        "jdbc:postgresql://localhost/app?user=app (default: ${DEFAULT-VALUE})."
      })
  private String store;

  /** Something to be done with a store. */
  @FunctionalInterface
  interface Use<T> {

    /** Does it. */
    T apply(JobStore store) throws InterruptedException;
  }

  /** Uses the store; a file is made if there is none. */
  <T> T use(Use<T> use) throws InterruptedException {
    try (var opened = open()) {
      return use.apply(opened);
    } catch (StoreException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Uses the store, which must be there. */
  <T> T useExisting(Use<T> use) throws InterruptedException {
    if (isFile() && !Files.exists(Path.of(store))) {
      throw new CommandFailedException("there is no queue in " + store
          + ": 'touchstone queue enqueue' makes one, and --store names another");
    }
    return use(use);
  }

  /** Returns what names the store, with all that it takes to open it. */
  String address() {
    return store;
  }

  /** Returns what to call the store: the name of the file, or the address without what may be secret. */
  String name() {
    var whole = toString();
    return isFile() ? whole.substring(whole.lastIndexOf('/') + 1) : whole;
  }

  boolean isFile() {
    return !store.contains(":");
  }

  private JobStore open() {
    return isFile() ? SqliteStore.open(Path.of(store)) : PostgresStore.open(store);
  }

  @Override
  public String toString() {
    var end = store.indexOf('?');
    return end < 0 ? store : store.substring(0, end); // no passwords
  }
}
