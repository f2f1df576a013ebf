package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.ApiResponse;
import dev.touchstone.apiclient.Headers;
import dev.touchstone.examples.gateway.aggregate.Part.Outcome;
import dev.touchstone.examples.gateway.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What a call gave.
 *
 * @param value its value; empty if there is none
 * @param outcome what became of it
 * @param reason why it is not what was asked for; empty if it is
 * @param fields those of the answers that it is made of
 * @param attempts how often the backend was asked
 */
record Had(
    Optional<JsonValue> value,
    Outcome outcome,
    Optional<String> reason,
    List<Headers> fields,
    int attempts) {

  static Had fresh(JsonValue value, ApiResponse<?> answer) {
    return new Had(
        Optional.of(value),
        Outcome.COMPLETE,
        Optional.empty(),
        List.of(answer.headers()),
        answer.attempts().size());
  }

  static Had instead(Optional<JsonValue> value, Outcome outcome, PartFailure failure) {
    return new Had(value, outcome, Optional.of(failure.reason()), List.of(), failure.attempts());
  }
}
