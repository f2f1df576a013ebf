import org.jspecify.annotations.NullMarked;

/** Managed executors, closeable channels, and time that a test can control. */
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
