package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.examples.gateway.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * What a step gave.
 *
 * @param value what references to it start from: all that the backend said; empty if there is nothing
 * @param shaped what of it gets into the answer
 * @param part what became of it
 * @param fields the fields of the answers that it is made of
 */
record Produced(
    Optional<JsonValue> value, Optional<JsonValue> shaped, Part part, List<Headers> fields) {}
