package dev.touchstone.patterns.state;

import static java.util.stream.Collectors.joining;

import dev.touchstone.patterns.kinds.Kinds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the description of a machine, and works out what happens in each state. */
final class Compiler<S, E, C> {

  private final StateMachine.Builder<S, E, C> builder;
  private final Set<S> mentioned = new LinkedHashSet<>();
  private final Set<S> outer;
  private final Map<S, Node<S, E, C>> nodes = new LinkedHashMap<>();

  Compiler(StateMachine.Builder<S, E, C> builder) {
    this.builder = builder;
    this.outer = new LinkedHashSet<>(builder.surrounding.values());
    collectStates();
    checkSurrounding();
    checkTargets();
    checkReachable();
    createNodes();
    completeNodes();
    checkComplete();
  }

  Map<S, Node<S, E, C>> nodes() {
    return Collections.unmodifiableMap(nodes);
  }

  private void collectStates() {
    mentioned.add(builder.start);
    for (var rule : builder.rules) {
      mentioned.add(rule.state());
      mentioned.add(rule.target());
    }
    builder.surrounding.forEach((inner, around) -> {
      mentioned.add(inner);
      mentioned.add(around);
    });
    mentioned.addAll(builder.enterActions.keySet());
    mentioned.addAll(builder.exitActions.keySet());
    if (builder.start instanceof Enum<?> constant) {
      @SuppressWarnings("unchecked") // the states are constants of this enum
      var constants = (S[]) constant.getDeclaringClass().getEnumConstants();
      mentioned.addAll(Arrays.asList(constants));
    }
  }

  private void checkSurrounding() {
    for (var state : mentioned) {
      var seen = new LinkedHashSet<S>();
      for (@Nullable S around = state; around != null; around = builder.surrounding.get(around)) {
        if (!seen.add(around)) {
          throw new IllegalStateException("states surround each other: " + seen);
        }
      }
    }
  }

  private void checkTargets() {
    var wrong = new LinkedHashSet<S>();
    if (outer.contains(builder.start)) {
      wrong.add(builder.start);
    }
    builder.rules.stream()
        .filter(rule -> rule.kind() == Rule.Kind.GO && outer.contains(rule.target()))
        .forEach(rule -> wrong.add(rule.target()));
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("nothing can start in or go to " + wrong
          + ", which surrounds other states; name one of those");
    }
  }

  private void checkReachable() {
    var reached = new LinkedHashSet<S>();
    var open = new ArrayList<S>(List.of(builder.start));
    while (!open.isEmpty()) {
      var state = open.removeLast();
      if (!reached.add(state)) {
        continue;
      }
      var path = pathFrom(state);
      reached.addAll(path);
      builder.rules.stream()
          .filter(rule -> rule.kind() == Rule.Kind.GO && path.contains(rule.state()))
          .forEach(rule -> open.add(rule.target()));
    }
    var unreached = new LinkedHashSet<>(mentioned);
    unreached.removeAll(reached);
    if (!unreached.isEmpty()) {
      throw new IllegalStateException("no transition leads to " + unreached);
    }
  }

  /** Returns a state and those around it, innermost first. */
  private List<S> pathFrom(S state) {
    var path = new ArrayList<S>();
    for (@Nullable S at = state; at != null; at = builder.surrounding.get(at)) {
      path.add(at);
    }
    return path;
  }

  private void createNodes() {
    for (var state : mentioned) {
      if (!outer.contains(state)) {
        var entered = pathFrom(state).reversed();
        nodes.put(state, new Node<>(state, actions(entered, builder.enterActions)));
      }
    }
  }

  private void completeNodes() {
    var events = knownEvents();
    for (var node : nodes.values()) {
      var steps = new ArrayList<Step<S, E, C>>();
      for (var state : pathFrom(node.state())) {
        var rules = rulesOf(state);
        events.forEach(event -> checkOrder(state, event, rules));
        rules.forEach(rule -> steps.add(step(rule, node)));
      }
      node.complete(steps, events);
    }
  }

  private List<Rule<S>> rulesOf(S state) {
    return builder.rules.stream().filter(rule -> rule.state().equals(state)).toList();
  }

  /** A rule that comes after one without a guard is never reached. */
  private static void checkOrder(Object state, Object event, List<? extends Rule<?>> rules) {
    var matching = rules.stream().filter(rule -> rule.isFor(event)).toList();
    for (var rule : matching.subList(0, Math.max(0, matching.size() - 1))) {
      if (rule.guard() == null) {
        throw new IllegalStateException("in " + state + " on " + Rule.nameOf(event)
            + ", a transition without a guard comes before another, which is never taken; guard it "
            + "or move it to the end");
      }
    }
  }

  private Step<S, E, C> step(Rule<S> rule, Node<S, E, C> node) {
    if (rule.kind() != Rule.Kind.GO) {
      return new Step<>(rule, node.state(), node, none(), none());
    }
    var target = nodes.get(rule.target());
    if (target == null) {
      throw new AssertionError("checked before: " + rule.target());
    }
    var left = pathFrom(node.state());
    var entered = pathFrom(rule.target());
    var common = new ArrayList<>(left);
    common.retainAll(entered);
    common.remove(node.state()); // going to the state itself leaves and enters it
    left.removeAll(common);
    entered.removeAll(common);
    return new Step<>(
        rule,
        node.state(),
        target,
        actions(left, builder.exitActions),
        actions(entered.reversed(), builder.enterActions));
  }

  @SuppressWarnings("unchecked")
  private static <S, C> StateAction<? super C>[] actions(
      List<S> states, Map<S, List<StateAction<? super C>>> actions) {
    return (StateAction<? super C>[]) states.stream()
        .flatMap(state -> actions.getOrDefault(state, List.of()).stream())
        .toArray(StateAction<?>[]::new);
  }

  @SuppressWarnings("unchecked")
  private static <C> StateAction<? super C>[] none() {
    return (StateAction<? super C>[]) new StateAction<?>[0];
  }

  /** Returns the enum constants and classes that rules name, and the permitted classes of those. */
  private Set<Object> knownEvents() {
    var events = new LinkedHashSet<Object>();
    builder.rules.forEach(rule -> addWithPermitted(rule.event(), events));
    if (builder.completeEvents != null) {
      addWithPermitted(builder.completeEvents, events);
    }
    return events;
  }

  private static void addWithPermitted(Object event, Collection<Object> events) {
    events.add(event);
    if (event instanceof Class<?> type && type.isSealed() && !type.isEnum()) {
      for (var permitted : type.getPermittedSubclasses()) {
        addWithPermitted(permitted, events);
      }
    }
    if (event instanceof Class<?> type && type.isEnum()) {
      Collections.addAll(events, type.getEnumConstants());
    }
  }

  private void checkComplete() {
    if (builder.completeEvents == null) {
      return;
    }
    var events = Kinds.of(builder.completeEvents).stream()
        .<Object>flatMap(
            kind -> kind.isEnum() ? Stream.of(kind.getEnumConstants()) : Stream.of(kind))
        .toList();
    var missing = nodes.keySet().stream()
        .flatMap(state -> events.stream()
            .filter(event -> !isSaid(state, event))
            .map(event -> state + " on " + Rule.nameOf(event)))
        .collect(joining(", "));
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "not said what happens in " + missing + "; add go, stay, ignore or reject");
    }
  }

  private boolean isSaid(S state, Object event) {
    var path = pathFrom(state);
    return builder.rules.stream()
        .anyMatch(rule -> path.contains(rule.state()) && rule.isFor(event));
  }

  /** Returns the machine as the text of a Mermaid state diagram. */
  String diagram() {
    var text = new StringBuilder("stateDiagram-v2\n");
    text.append("  [*] --> ").append(id(builder.start)).append('\n');
    for (var around : outer) {
      text.append("  state ").append(id(around)).append(" {\n");
      builder.surrounding.forEach((inner, other) -> {
        if (other.equals(around)) {
          text.append("    ").append(id(inner)).append('\n');
        }
      });
      text.append("  }\n");
    }
    for (var rule : builder.rules) {
      if (rule.kind() == Rule.Kind.GO) {
        text.append("  ").append(id(rule.state())).append(" --> ").append(id(rule.target()));
        text.append(" : ").append(rule.label()).append('\n');
      }
    }
    return text.toString();
  }

  private static String id(Object state) {
    return state.toString().replaceAll("\\W", "_");
  }
}
