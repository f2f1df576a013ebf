package dev.touchstone.examples.gateway.plan;

import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.MergePolicy;
import dev.touchstone.examples.gateway.definition.OnError;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds members that would get in each other's way, as far as the definition tells. */
final class Collisions {

  private final List<CallDefinition> calls;
  private final MergePolicy merge;

  Collisions(List<CallDefinition> calls, MergePolicy merge) {
    this.calls = calls;
    this.merge = merge;
  }

  void check() {
    calls.forEach(this::checkPlace);
    if (merge == MergePolicy.FAIL) {
      checkMembers();
    }
  }

  /** What is no object must have a name in the answer. */
  private void checkPlace(CallDefinition call) {
    if (call.shape().into().isPresent() || merge == MergePolicy.NAMESPACE) {
      return;
    }
    if (call.forEach().isPresent()) {
      throw call.at()
          .failure("'forEach' makes a list, which has no members to merge; add 'into: "
              + call.name() + "'");
    }
    if (call.onError() instanceof OnError.Default other
        && !(other.value() instanceof JsonObject)
        && other.value() != JsonLiteral.NULL) {
      throw call.at()
          .failure("the default has no members to merge; add 'into: " + call.name()
              + "', or make it an object or null");
    }
  }

  private void checkMembers() {
    var takenBy = new HashMap<String, String>();
    for (var call : calls) {
      for (var member : members(call)) {
        var other = takenBy.putIfAbsent(member, call.name());
        if (other != null) {
          throw call.at()
              .failure(
                  "'%s' and '%s' both give a member '%s'; rename one, or say what counts, such as 'merge: last'"
                      .formatted(other, call.name(), member));
        }
      }
    }
  }

  /** Returns the members that a call is known to give; there may be others. */
  private static List<String> members(CallDefinition call) {
    var shape = call.shape();
    Map<String, String> renamed = shape.rename();
    return shape
        .into()
        .map(List::of)
        .orElseGet(() -> shape.keep().stream()
            .map(name -> renamed.getOrDefault(name, name))
            .distinct()
            .toList());
  }
}
