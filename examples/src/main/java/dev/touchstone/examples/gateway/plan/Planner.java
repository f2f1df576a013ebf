package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.BackendDefinition;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.MergePolicy;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.definition.RouteDefinition;
import dev.touchstone.examples.gateway.definition.RouteDefinition.Answer.Aggregate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Works out a {@link Plan}. For one use. */
final class Planner {

  private static final Set<String> RESERVED = Set.of(Plan.QUERY, Plan.JWT, Plan.ITEM);

  private final RouteDefinition route;
  private final List<CallDefinition> calls;
  private final MergePolicy merge;
  private final Names names;
  private final Map<String, Integer> places = new HashMap<>();

  Planner(RouteDefinition route, Aggregate aggregate, Map<String, BackendDefinition> backends) {
    this.route = route;
    calls = aggregate.calls();
    merge = aggregate.merge();
    names = new Names(route, backends);
    for (var i = 0; i < calls.size(); i++) {
      places.put(calls.get(i).name(), i);
    }
  }

  Plan plan() {
    calls.forEach(this::checkName);
    calls.forEach(this::checkReferences);
    var needs = calls.stream().map(this::needs).toList();
    var levels = levels(needs);
    new Collisions(calls, merge).check();
    var steps = new ArrayList<Step>();
    for (var i = 0; i < calls.size(); i++) {
      var needed = Collections.unmodifiableSortedSet(needs.get(i));
      steps.add(new Step(i, calls.get(i), needed, levels.get(i)));
    }
    return new Plan(steps, merge, inputs());
  }

  private void checkName(CallDefinition call) {
    var name = call.name();
    if (RESERVED.contains(name) || route.path().names().contains(name)) {
      throw call.at()
          .failure("'" + name + "' means something else in references; rename this call");
    }
  }

  private void checkReferences(CallDefinition call) {
    names.checkBackend(call.template(), call.at());
    var known = new LinkedHashSet<>(places.keySet());
    known.remove(call.name());
    call.forEach().ifPresent(forEach -> {
      var head = forEach.over().head();
      if (!known.contains(head)) {
        throw call.at().unknown(head, known);
      }
    });
    var others = new LinkedHashSet<>(known);
    if (call.forEach().isPresent()) {
      others.add(Plan.ITEM);
    }
    call.references().forEach(reference -> names.checkReference(reference, call.at(), others));
  }

  private SortedSet<Integer> needs(CallDefinition call) {
    return call.references()
        .flatMap(reference -> Optional.ofNullable(places.get(reference.head())).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Integer> levels(List<SortedSet<Integer>> needs) {
    return switch (Levels.of(List.copyOf(needs))) {
      case Levels.Found found -> found.levels();
      case Levels.Cycle cycle -> {
        var first = calls.get(cycle.nodes().getFirst());
        var way = cycle.nodes().stream()
            .map(node -> calls.get(node).name())
            .collect(Collectors.joining(" needs ", "", " needs " + first.name()));
        throw first
            .at()
            .failure("these calls wait for each other: " + way + "; remove a reference");
      }
    };
  }

  private List<Reference> inputs() {
    return calls.stream()
        .flatMap(CallDefinition::references)
        .filter(reference -> !places.containsKey(reference.head()))
        .filter(reference -> !reference.head().equals(Plan.ITEM))
        .distinct()
        .toList();
  }
}
