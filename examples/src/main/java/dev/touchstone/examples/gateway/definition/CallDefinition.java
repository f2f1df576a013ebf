package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.yaml.YamlNode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A call of a backend that a route makes.
 *
 * @param at where it stands in the file
 * @param name what references call its value
 * @param method the HTTP method, in upper case
 * @param template its address
 * @param body what is sent, in which a text such as {@code {user.id}} stands for a value of any type
 * @param forEach the list that it is made for; empty if it is made once
 * @param onError what happens if it fails
 * @param shape what of its value gets into the answer
 * @param timeout how long it may take at most, retries included; empty if the deadline of the route is
 *     all there is
 */
public record CallDefinition(
    YamlNode at,
    String name,
    String method,
    Template template,
    Optional<JsonValue> body,
    Optional<ForEach> forEach,
    OnError onError,
    Shape shape,
    Optional<Duration> timeout) {

  /** Returns all references, in the order in which they stand. */
  public Stream<Reference> references() {
    return Stream.of(
            forEach.stream().map(ForEach::over),
            template.allReferences(),
            body.stream().flatMap(Bodies::references))
        .flatMap(each -> each);
  }
}
