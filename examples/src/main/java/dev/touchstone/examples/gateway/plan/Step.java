package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.CallDefinition;
import java.util.SortedSet;

/**
 * A call of a plan.
 *
 * @param index its place in the file, from 0
 * @param call what is called
 * @param needs the places of the calls whose values it needs
 * @param level how many calls at least have to be made one after the other before it
 */
public record Step(int index, CallDefinition call, SortedSet<Integer> needs, int level) {

  /** Returns the name of the call. */
  public String name() {
    return call.name();
  }
}
