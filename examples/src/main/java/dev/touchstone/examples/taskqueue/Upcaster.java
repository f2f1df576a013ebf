package dev.touchstone.examples.taskqueue;

import tools.jackson.databind.node.ObjectNode;

/** Turns the payload of one version of a job's form into that of the next. */
@FunctionalInterface
public interface Upcaster {

  /** Returns the payload in the next version's form: the given object, changed, or another one. */
  ObjectNode upcast(ObjectNode payload);
}
