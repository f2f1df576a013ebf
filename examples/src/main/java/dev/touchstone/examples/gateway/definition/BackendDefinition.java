package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.yaml.YamlNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server that is called.
 *
 * @param at where it stands in the file
 * @param name what addresses call it
 * @param url what the paths of calls are appended to
 * @param timeout how long one attempt may take
 * @param attempts how often a call is tried, the first included, as far as that is safe
 * @param concurrency how many calls are under way at a time
 * @param breaker when it is given a rest
 * @param maxBytes the longest answer that is read
 * @param headers fields that every call has; they may hold secrets
 * @param examples what stands in for it in {@code touchstone gateway mock}
 */
public record BackendDefinition(
    YamlNode at,
    String name,
    URI url,
    Duration timeout,
    int attempts,
    int concurrency,
    Breaker breaker,
    long maxBytes,
    Map<String, String> headers,
    List<Example> examples) {

  /**
   * When a backend is given a rest: calls fail at once then.
   *
   * @param failures the share of failed attempts, in percent
   * @param of the number of attempts that is looked at
   * @param rest how long the rest is
   */
  public record Breaker(int failures, int of, Duration rest) {}

  /**
   * What is answered in the place of the backend.
   *
   * @param at where it stands in the file
   * @param request method and path template, such as {@code GET /{id}}, below the URL of the backend
   * @param value the answer, in which a text such as {@code {id}} stands for a part of the path; empty if
   *     it is in a file
   * @param file where the answer is
   */
  public record Example(
      YamlNode at, String request, Optional<JsonValue> value, Optional<Path> file) {}

  /** Copies what it is given. */
  public BackendDefinition {
    headers = Map.copyOf(headers);
    examples = List.copyOf(examples);
  }

  /** Returns whether another one, of another file, says the same about calls. */
  public boolean isSameAs(BackendDefinition other) {
    return name.equals(other.name)
        && url.equals(other.url)
        && timeout.equals(other.timeout)
        && attempts == other.attempts
        && concurrency == other.concurrency
        && breaker.equals(other.breaker)
        && maxBytes == other.maxBytes
        && headers.equals(other.headers);
  }

  /** Leaves the fields out. */
  @Override
  public String toString() {
    return "BackendDefinition[" + name + " at " + url + "]";
  }
}
