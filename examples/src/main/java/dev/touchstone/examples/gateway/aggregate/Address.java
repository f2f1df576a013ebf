package dev.touchstone.examples.gateway.aggregate;

import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.BodySource;
import dev.touchstone.examples.gateway.definition.Bodies;
import dev.touchstone.examples.gateway.definition.CallDefinition;
import dev.touchstone.examples.gateway.definition.Reference;
import dev.touchstone.examples.gateway.json.Json;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The address of one call, its references replaced.
 *
 * @param call what is called
 * @param url the URL of the backend
 * @param path what stands for the references of the path
 * @param query what stands for the values of the parameters; empty for one that is left out
 * @param body what is sent
 */
record Address(
    CallDefinition call,
    String url,
    List<String> path,
    List<Optional<String>> query,
    Optional<JsonValue> body) {

  /**
   * Fills in an address.
   *
   * @param values what references lead to
   * @throws PartFailure if one in the path leads nowhere, or to a list or an object
   */
  static Address of(
      CallDefinition call, String url, Function<Reference, Optional<JsonValue>> values)
      throws PartFailure {
    var path = new ArrayList<String>();
    for (var reference : call.template().references()) {
      path.add(values
          .apply(reference)
          .flatMap(JsonValue::asText)
          .filter(text -> !text.isEmpty())
          .orElseThrow(
              () -> PartFailure.unaddressed("there is no text or number for {" + reference + "}")));
    }
    var query = call.template().query().stream()
        .map(parameter -> parameter
            .literal()
            .or(() -> parameter.reference().flatMap(values).flatMap(JsonValue::asText)))
        .toList();
    var body = call.body()
        .map(template ->
            Bodies.fill(template, reference -> values.apply(reference).orElse(JsonLiteral.NULL)));
    return new Address(call, url, path, query, body);
  }

  /**
   * Returns the request.
   *
   * @throws PartFailure if a value cannot be part of a path: {@code .} and {@code ..}
   */
  ApiRequest.Builder request() throws PartFailure {
    var template = call.template();
    var target = template.path().isEmpty() ? url : url + "/" + template.path();
    try {
      var request = ApiRequest.of(call.method(), target, path.toArray());
      for (var i = 0; i < query.size(); i++) {
        request.query(template.query().get(i).name(), query.get(i).orElse(null));
      }
      body.ifPresent(value -> request.body(BodySource.of("application/json", Json.write(value))));
      return request;
    } catch (IllegalArgumentException e) {
      throw PartFailure.unaddressed("a value of the path cannot be part of one");
    }
  }

  /** Returns what the answer depends on. */
  CallKey key(Map<String, String> fields) {
    var values = new ArrayList<>(path);
    query.forEach(value -> values.add(value.map(text -> "=" + text).orElse("")));
    body.ifPresent(value -> values.add(value.toString()));
    return new CallKey(call.method() + " " + url + " " + call.template(), values, fields);
  }
}
