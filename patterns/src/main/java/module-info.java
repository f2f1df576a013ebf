import org.jspecify.annotations.NullMarked;

/** The design patterns that carry a concurrency, ordering, failure or lifecycle rule, as components. */
@NullMarked
module dev.touchstone.patterns {
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires static java.compiler; // for the test kit of plugins, which compiles them
  requires static java.management; // to remove what plugins have registered there
  requires static java.sql; // likewise

  exports dev.touchstone.patterns.chain;
  exports dev.touchstone.patterns.command;
  exports dev.touchstone.patterns.decorate;
  exports dev.touchstone.patterns.factory;
  exports dev.touchstone.patterns.lazy;
  exports dev.touchstone.patterns.observe;
  exports dev.touchstone.patterns.plugin;
  exports dev.touchstone.patterns.state;
  exports dev.touchstone.patterns.strategy;
  exports dev.touchstone.patterns.testing;
}
