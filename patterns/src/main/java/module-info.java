import org.jspecify.annotations.NullMarked;

/** The design patterns that carry a concurrency, ordering, failure or lifecycle rule, as components. */
@NullMarked
module dev.touchstone.patterns {
  requires static transitive org.jspecify;
  requires org.slf4j;

  exports dev.touchstone.patterns.chain;
  exports dev.touchstone.patterns.command;
  exports dev.touchstone.patterns.decorate;
  exports dev.touchstone.patterns.factory;
  exports dev.touchstone.patterns.lazy;
  exports dev.touchstone.patterns.observe;
  exports dev.touchstone.patterns.state;
  exports dev.touchstone.patterns.strategy;
}
