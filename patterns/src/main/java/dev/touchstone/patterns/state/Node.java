package dev.touchstone.patterns.state;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A state that an instance can be in, with all that can happen in it worked out. */
final class Node<S, E, C> {

  private final S state;
  private final StateAction<? super C>[] enterFromOutside;

  // Filled while the machine is built, when all nodes are there.
  private final Map<Object, Step<S, E, C>[]> byEvent = new LinkedHashMap<>();
  private List<Step<S, E, C>> all = List.of();

  Node(S state, StateAction<? super C>[] enterFromOutside) {
    this.state = state;
    this.enterFromOutside = enterFromOutside;
  }

  /** Sets the steps, those of the state first, and which of them are for events that are known. */
  @SuppressWarnings("unchecked")
  void complete(List<Step<S, E, C>> steps, Set<Object> events) {
    all = List.copyOf(steps);
    for (var event : events) {
      byEvent.put(
          event, steps.stream().filter(step -> step.rule.isFor(event)).toArray(Step[]::new));
    }
  }

  S state() {
    return state;
  }

  void enterFromOutside(C context) {
    Step.runAll(enterFromOutside, context, Phase.ENTER, state, "the start");
  }

  /** Returns the step to take for an event. */
  Step<S, E, C> choose(E event, C context) {
    for (var step : stepsFor(event)) {
      if (step.holds(event, context)) {
        if (step.rule.kind() == Rule.Kind.REJECT) {
          break;
        }
        return step;
      }
    }
    throw new EventRejectedException(state, Rule.nameOf(kindOf(event)), taken());
  }

  private Step<S, E, C>[] stepsFor(E event) {
    var steps = byEvent.get(kindOf(event));
    return steps != null ? steps : stepsForUnknown(event);
  }

  /** Finds the steps for an event of a class that is open, so that nothing could be prepared. */
  @SuppressWarnings("unchecked")
  private Step<S, E, C>[] stepsForUnknown(E event) {
    return all.stream().filter(step -> step.rule.isFor(kindOf(event))).toArray(Step[]::new);
  }

  private static Object kindOf(Object event) {
    return event instanceof Enum<?> ? event : event.getClass();
  }

  private Set<String> taken() {
    var names = new LinkedHashSet<String>();
    for (var step : all) {
      if (step.rule.kind() != Rule.Kind.REJECT) {
        names.add(Rule.nameOf(step.rule.event()));
      }
    }
    return names;
  }
}
