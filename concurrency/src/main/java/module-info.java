import org.jspecify.annotations.NullMarked;

/**
 * Concurrency with stated contracts: what happens when something is full, interrupted or closed, or
 * when the code that it runs fails.
 *
 * <ul>
 *   <li>{@link dev.touchstone.concurrency.executor}: bounded executors, tasks, shutdown.
 *   <li>{@link dev.touchstone.concurrency.channel}: bounded queues between threads that end.
 *   <li>{@link dev.touchstone.concurrency.pipeline}: stages with back-pressure, on channels.
 *   <li>{@link dev.touchstone.concurrency.scope}: tasks that split, and end with their block.
 *   <li>{@link dev.touchstone.concurrency.keyed}: locks, order and shared work by key.
 *   <li>{@link dev.touchstone.concurrency.limit}: so much at once, fixed or found out.
 *   <li>{@link dev.touchstone.concurrency.sync}: guarded state, signals, group commits, stalls.
 *   <li>{@link dev.touchstone.concurrency.context}: what goes along with the work.
 *   <li>{@link dev.touchstone.concurrency.time}: where time comes from.
 *   <li>{@link dev.touchstone.concurrency.testing}: schedules and time that a test controls.
 * </ul>
 */
@NullMarked
module dev.touchstone.concurrency {
  requires static transitive org.jspecify;
  requires static context.propagation;
  requires jdk.jfr;
  requires org.slf4j;
  requires static micrometer.core;

  exports dev.touchstone.concurrency.channel;
  exports dev.touchstone.concurrency.context;
  exports dev.touchstone.concurrency.executor;
  exports dev.touchstone.concurrency.pipeline;
  exports dev.touchstone.concurrency.keyed;
  exports dev.touchstone.concurrency.limit;
  exports dev.touchstone.concurrency.scope;
  exports dev.touchstone.concurrency.sync;
  exports dev.touchstone.concurrency.testing;
  exports dev.touchstone.concurrency.time;
}
