package dev.touchstone.queues;

import dev.touchstone.examples.taskqueue.postgres.PostgresStore;
import dev.touchstone.examples.taskqueue.store.ClaimRequest;
import dev.touchstone.examples.taskqueue.store.ClaimRequest.Ask;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.NewJob;
import dev.touchstone.examples.taskqueue.store.Priority;
import dev.touchstone.examples.taskqueue.store.Settlement;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** How long claims take while somebody holds a snapshot from before them. */
final class Pinned {

  private static final int BATCH = 100;
  private static final int TURNS = 600;

  private final String url;

  Pinned(String url) {
    this.url = url;
  }

  void run() throws Exception {
    try (var store = PostgresStore.open(url);
        var pool = Database.open(url);
        var holder = pool.getConnection()) {
      var worker = store.register("pinned", Duration.ofMinutes(30));
      claims(store, worker); // to warm up
      var free = claims(store, worker);
      holder.setAutoCommit(false);
      holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      holder.createStatement().executeQuery("select count(*) from tq_job").close();
      claims(store, worker);
      var pinned = claims(store, worker);
      holder.rollback();
      System.out.printf(
          "%nClaims of %d jobs, 99 %% within: %.1f ms; %.1f ms after %,d jobs beside an old snapshot.%n",
          BATCH, free, pinned, 2 * BATCH * TURNS);
    }
  }

  /**
   * Enqueues, claims and settles, and returns the milliseconds that 99 % of the claims took at
   * most.
   */
  private static double claims(PostgresStore store, long worker) {
    var job = NewJob.builder("pinned", 1, "{}").build();
    var request = new ClaimRequest(
        worker,
        Set.of(new JobForm("pinned", 1)),
        List.of(new Ask("default", Priority.NORMAL, BATCH)),
        BATCH);
    var millis = new ArrayList<Double>();
    for (int turn = 0; turn < TURNS; turn++) {
      store.enqueue(Collections.nCopies(BATCH, job));
      var started = System.nanoTime();
      var claimed = store.claim(request);
      millis.add((System.nanoTime() - started) / 1e6);
      store.settle(claimed.stream()
          .map(taken -> new Settlement.Succeeded(taken.fence(), Duration.ZERO))
          .toList());
    }
    Collections.sort(millis);
    return millis.get(TURNS * 99 / 100);
  }
}
