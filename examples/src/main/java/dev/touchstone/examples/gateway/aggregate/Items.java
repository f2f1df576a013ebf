package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.concurrency.scope.FailedException;
import dev.touchstone.concurrency.scope.Joiner;
import dev.touchstone.concurrency.scope.TaskScope;
import dev.touchstone.examples.gateway.aggregate.Part.Outcome;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.ForEach;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One call for each value of a list, so many at a time.
 *
 * @param call what is called
 * @param forEach how much of it
 * @param calls makes the calls
 */
record Items(CallDefinition call, ForEach forEach, Calls calls) {

  /**
   * Returns the list of what the calls gave, in the order of the values; equal ones are asked for once.
   *
   * @param all the values
   * @param others what other references lead to
   * @throws PartFailure if a call failed, and it is required
   * @throws InterruptedException if the thread is interrupted
   */
  Had values(List<JsonValue> all, Function<Reference, Optional<JsonValue>> others)
      throws PartFailure, InterruptedException {
    var different = List.copyOf(new LinkedHashSet<>(all));
    var asked = different.subList(0, Math.min(different.size(), forEach.max()));
    try (var scope = TaskScope.open(
        Joiner.<Had>allSuccessfulOrThrow(), options -> options.limit(forEach.parallel()))) {
      for (var item : asked) {
        scope.fork(() -> calls.value(call, reference -> find(reference, item, others)));
      }
      return joined(scope.join(), different.size());
    } catch (FailedException failed) {
      if (failed.getCause() instanceof PartFailure failure) {
        throw failure;
      }
      throw failed;
    }
  }

  private static Optional<JsonValue> find(
      Reference reference, JsonValue item, Function<Reference, Optional<JsonValue>> others) {
    return reference.head().equals(Plan.ITEM)
        ? reference.find(item).stream().findFirst()
        : others.apply(reference);
  }

  private Had joined(List<Had> had, int different) {
    var values = had.stream().flatMap(each -> each.value().stream()).toList();
    var missed = had.stream().filter(each -> each.outcome() != Outcome.COMPLETE).toList();
    var fields = new ArrayList<Headers>();
    had.forEach(each -> fields.addAll(each.fields()));
    var attempts = had.stream().mapToInt(Had::attempts).sum();
    var reason = missed.isEmpty()
        ? Optional.of("of %d values only %d are asked for".formatted(different, had.size()))
            .filter(text -> different > had.size())
        : missed.getFirst().reason();
    return new Had(
        Optional.of(new JsonArray(values)),
        reason.isEmpty() ? Outcome.COMPLETE : Outcome.PARTIAL,
        reason,
        fields,
        attempts);
  }
}
