package dev.touchstone.examples.taskqueue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** What every store in a database does as well. Run for each of them. */
@SuppressWarnings("try") // subscriptions that only have to be there
public abstract class TransactionalStoreContract extends JobStoreContract {

  /** Opens the same store once more, as another process would. */
  protected abstract JobStore openAgain() throws Exception;

  /** Connects an application to the database of the store. */
  protected abstract Connection connect() throws SQLException;

  private TransactionalStore transactional() {
    return (TransactionalStore) store;
  }

  @Test
  void hearsOfWhatOthersEnqueue() throws Exception {
    var calls = new AtomicInteger();
    try (var subscription = store.listen(calls::incrementAndGet);
        var other = openAgain()) {
      Awaitility.await().untilAtomic(calls, Matchers.greaterThan(0)); // it listens now
      var before = calls.get();

      other.enqueue(List.of(mail().build()));

      Awaitility.await().untilAtomic(calls, Matchers.greaterThan(before));
    }
  }

  @Test
  void hearsOfWhatATransactionOfAnApplicationEnqueues() throws Exception {
    var calls = new AtomicInteger();
    try (var subscription = store.listen(calls::incrementAndGet);
        var connection = connect()) {
      Awaitility.await().untilAtomic(calls, Matchers.greaterThan(0)); // it listens now
      var before = calls.get();
      connection.setAutoCommit(false);

      transactional().enqueue(connection, List.of(mail().build()));
      assertThat(calls).hasValue(before);
      connection.commit();

      Awaitility.await().untilAtomic(calls, Matchers.greaterThan(before));
    }
  }

  @Test
  void enqueuesWithTheTransactionOfAnApplication() throws Exception {
    try (var connection = connect()) {
      connection.setAutoCommit(false);
      transactional().enqueue(connection, List.of(mail().build()));
      connection.rollback();
      assertThat(store.count(JobFilter.all())).isZero();

      transactional().enqueue(connection, List.of(mail().build()));
      connection.commit();
      assertThat(store.count(JobFilter.all())).isEqualTo(1);
    }
  }

  @Test
  void storesNoSecondJobWithTheKeyOfATransactionThatIsOpen() throws Exception {
    try (var connection = connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      connection.setAutoCommit(false);
      transactional().enqueue(connection, List.of(mail().unique("a").build()));

      var second = threads.submit(() -> store.enqueue(List.of(mail().unique("a").build())));
      assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class); // it waits for how that ends
      connection.commit();

      assertThat(second.get()).containsExactly(new Enqueued.Duplicate("a"));
    }
  }

  @Test
  void completesWithTheTransactionOfAnApplication() throws Exception {
    var id = add(mail());
    var fence = claim(worker()).getFirst().fence();
    try (var connection = connect()) {
      connection.setAutoCommit(false);
      assertThat(transactional().complete(connection, fence, Duration.ZERO)).isTrue();
      connection.rollback();
      assertThat(store.count(JobFilter.in(Set.of(JobStatus.RUNNING)))).isEqualTo(1);

      assertThat(transactional().complete(connection, fence, Duration.ZERO)).isTrue();
      connection.commit();
      assertThat(transactional().complete(connection, fence, Duration.ZERO)).isFalse();
      connection.commit();
      assertThat(store.jobs(JobFilter.all().only(id), 1).getFirst().status())
          .isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  @Test
  void answersASearchBeforeItHasLookedAtEveryJob() {
    add(mail().queue("rare"));
    store.enqueue(Collections.nCopies(12_000, mail().build()));

    var page = store.search(JobFilter.all().ofQueue("rare"), 10);

    assertThat(page.jobs()).isEmpty();
    assertThat(page.next()).isPresent();
  }
}
