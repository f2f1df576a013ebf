package dev.touchstone.examples.taskqueue.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A store whose tables can be changed in a transaction of the application: with its own tables, by
 * its own connection to the same database.
 */
public interface TransactionalStore extends JobStore {

  /**
   * Stores jobs with the transaction of a connection. Workers see them when it commits.
   *
   * @return what came of each, in the same order
   * @throws SQLException if the database cannot do it; roll back
   */
  List<Enqueued> enqueue(Connection connection, List<NewJob> jobs) throws SQLException;

  /**
   * Marks a job as done with the transaction of a connection.
   *
   * @param ran how long it ran
   * @return false if the attempt is no longer the one that runs; roll back
   * @throws SQLException if the database cannot do it; roll back
   */
  boolean complete(Connection connection, Fence fence, Duration ran) throws SQLException;
}
