package dev.touchstone.examples.taskqueue.sql;

import dev.touchstone.examples.taskqueue.store.Amount;
import dev.touchstone.examples.taskqueue.store.AttemptView;
import dev.touchstone.examples.taskqueue.store.DeadLetter;
import dev.touchstone.examples.taskqueue.store.Fence;
import dev.touchstone.examples.taskqueue.store.JobFilter;
import dev.touchstone.examples.taskqueue.store.JobForm;
import dev.touchstone.examples.taskqueue.store.JobPage;
import dev.touchstone.examples.taskqueue.store.JobView;
import dev.touchstone.examples.taskqueue.store.MinuteAmount;
import dev.touchstone.examples.taskqueue.store.QueueLimits;
import dev.touchstone.examples.taskqueue.store.QueueView;
import dev.touchstone.examples.taskqueue.store.Retention;
import dev.touchstone.examples.taskqueue.store.ScheduleView;
import dev.touchstone.examples.taskqueue.store.TransactionalStore;
import dev.touchstone.examples.taskqueue.store.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stores in databases do in the same way: all that no database has its own statements for. */
public abstract class DatabaseStore implements TransactionalStore {

  /** Changes and questions of workers. */
  protected final CommonStatements common;

  /** Finds jobs. */
  protected final Jobs jobs;

  private final Operations operations;
  private final Views views;

  /** Creates a store that writes time like this. */
  protected DatabaseStore(Dialect dialect) {
    common = new CommonStatements(dialect);
    jobs = new Jobs(dialect);
    operations = new Operations(dialect, jobs);
    views = new Views(dialect, common);
  }

  /** Asks, and changes nothing. */
  protected abstract <T> T read(Sql.Work<T> work);

  /** Changes something in a transaction. */
  protected abstract <T> T change(Sql.Work<T> work);

  /** Changes something in a transaction, after which jobs may start that could not before. */
  protected abstract <T> T changeAndTell(Sql.Work<T> work);

  // Workers

  @Override
  public final void retire(long worker) {
    change(connection -> common.retire(connection, worker));
  }

  @Override
  public final Map<String, String> steps(long id) {
    return read(connection -> common.steps(connection, id));
  }

  @Override
  public final boolean keepStep(Fence fence, String name, String result) {
    return change(connection -> common.keepStep(connection, fence, name, result));
  }

  @Override
  public final void add(List<Amount> amounts) {
    var now = now();
    change(connection -> operations.add(connection, amounts, now));
  }

  @Override
  public final Optional<Instant> schedule(String id, String plan, Optional<Instant> next) {
    return change(connection -> common.schedule(connection, id, plan, next));
  }

  // Operators

  @Override
  public final void limit(String queue, QueueLimits limits) {
    changeAndTell(connection -> common.limit(connection, queue, limits));
  }

  @Override
  public final QueueLimits limits(String queue) {
    return read(common::limits).getOrDefault(queue, QueueLimits.NONE);
  }

  @Override
  public final List<Long> hurry(JobFilter filter, int most) {
    return changeAndTell(connection -> operations.hurry(connection, filter, most));
  }

  @Override
  public final List<Long> discard(JobFilter filter, int most) {
    return change(connection -> operations.discard(connection, filter, most));
  }

  @Override
  public final int purge(Retention retention, int most) {
    var now = now();
    return change(connection -> operations.purge(connection, retention, now, most));
  }

  // Views

  @Override
  public final List<JobView> jobs(JobFilter filter, int most) {
    return read(connection -> jobs.list(connection, filter, most));
  }

  @Override
  public final JobPage search(JobFilter filter, int most) {
    return read(connection -> jobs.search(connection, filter, most));
  }

  @Override
  public final long count(JobFilter filter) {
    return read(connection -> jobs.count(connection, filter));
  }

  @Override
  public final List<AttemptView> attempts(long id) {
    return read(connection -> jobs.attempts(connection, id));
  }

  @Override
  public final List<DeadLetter> deadLetters(int most) {
    return read(connection -> jobs.deadLetters(connection, most));
  }

  @Override
  public final List<QueueView> queues() {
    return read(views::queues);
  }

  @Override
  public final List<WorkerView> workers() {
    return read(views::workers);
  }

  @Override
  public final List<JobForm> unserved(Set<JobForm> served) {
    return read(connection -> views.unserved(connection, served));
  }

  @Override
  public final List<ScheduleView> schedules() {
    return read(views::schedules);
  }

  @Override
  public final List<MinuteAmount> counted(Duration back) {
    var since = now().minus(back);
    return read(connection -> views.counted(connection, since));
  }
}
