package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.examples.gateway.aggregate.Part.Outcome;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.MergePolicy;
import dev.touchstone.examples.gateway.definition.OnError;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.Json;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.MalformedJsonException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the calls of one request.
 *
 * @param sender sends them
 * @param stale what takes the place of calls that fail
 * @param merge how the values are merged, which not every value can be
 */
record Calls(Sender sender, StaleValues stale, MergePolicy merge) {

  private static final int NO_CONTENT = 204;

  /**
   * Returns the value of a call, or what takes its place.
   *
   * @param values what references lead to
   * @throws PartFailure if there is neither, and it is required
   * @throws InterruptedException if the thread is interrupted
   */
  Had value(CallDefinition call, Function<Reference, Optional<JsonValue>> values)
      throws PartFailure, InterruptedException {
    try {
      var address = address(call, values);
      try {
        var had = ask(call, address);
        remember(call, address, had);
        return had;
      } catch (PartFailure failure) {
        return older(call, address, failure);
      }
    } catch (PartFailure failure) {
      return instead(call, failure);
    }
  }

  /** Returns the address of a call, as far as what it needs is there. */
  Address address(CallDefinition call, Function<Reference, Optional<JsonValue>> values)
      throws PartFailure {
    return Address.of(call, sender.backends().get(call.template().backend()).url(), values);
  }

  private Had ask(CallDefinition call, Address address) throws PartFailure, InterruptedException {
    var answer = send(call, address);
    var value = answer.status() == NO_CONTENT ? JsonLiteral.NULL : read(answer.body());
    if (!Merge.isPossible(merge, call, value)) {
      throw PartFailure.malformed(
          "the answer is no object, and has no members to merge; 'into' gives it a name");
    }
    return Had.fresh(value, answer);
  }

  /**
   * Returns the answer of a backend as it came.
   *
   * @throws PartFailure if there is none, or an error
   * @throws InterruptedException if the thread is interrupted
   */
  ApiResponse<byte[]> send(CallDefinition call, Address address)
      throws PartFailure, InterruptedException {
    var request = address.request();
    if (!sender.inputs().fields().containsKey("accept")) {
      request.header("Accept", "application/json");
    }
    return sender.send(call.template().backend(), request, call.timeout());
  }

  private static JsonValue read(byte[] body) throws PartFailure {
    try {
      return Json.read(body);
    } catch (MalformedJsonException e) {
      throw PartFailure.malformed("the answer is not JSON");
    }
  }

  private void remember(CallDefinition call, Address address, Had had) {
    if (call.onError() instanceof OnError.Stale) {
      had.value().ifPresent(value -> stale.put(address.key(sender.inputs().fields()), value));
    }
  }

  private Had older(CallDefinition call, Address address, PartFailure failure) throws PartFailure {
    if (call.onError() instanceof OnError.Stale limit) {
      var value = stale.find(address.key(sender.inputs().fields()), limit.longest());
      if (value.isPresent()) {
        return Had.instead(value, Outcome.STALE, failure);
      }
    }
    throw failure;
  }

  private static Had instead(CallDefinition call, PartFailure failure) throws PartFailure {
    return switch (call.onError()) {
      case OnError.Required required -> throw failure;
      case OnError.Omit omit -> Had.instead(Optional.empty(), Outcome.ABSENT, failure);
      case OnError.Stale none -> Had.instead(Optional.empty(), Outcome.ABSENT, failure);
      case OnError.Default other ->
        Had.instead(Optional.of(other.value()), Outcome.DEFAULT, failure);
    };
  }
}
