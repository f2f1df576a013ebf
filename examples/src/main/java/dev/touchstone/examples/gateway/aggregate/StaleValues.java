package dev.touchstone.examples.gateway.aggregate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.json.JsonValue;
import dev.touchstone.examples.gateway.json.JsonValue.JsonArray;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import dev.touchstone.examples.gateway.json.JsonValue.JsonObject;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import java.time.Duration;
import java.util.Optional;

/**
 * The last values of calls that may be stale when no new one is to be had. Safe for use by several
 * threads.
 */
public final class StaleValues {

  private record Kept(JsonValue value, long nanos) {}

  /* What a value takes in memory, by and large: references, headers of objects, entries of maps. */
  private static final int NODE = 48;

  private final TimeSource time;
  private final Cache<CallKey, Kept> values;

  /**
   * Creates a store without values.
   *
   * @param maxBytes how much memory all values may take with what they are found by, by and large
   */
  public StaleValues(long maxBytes, TimeSource time) {
    this.time = time;
    values = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .weigher((CallKey key, Kept kept) ->
            (int) Math.min(Integer.MAX_VALUE, key.weight() + weight(kept.value())))
        .executor(Runnable::run) // what little there is to clean up needs no other thread
        .build();
  }

  private static long weight(JsonValue value) {
    return NODE
        + switch (value) {
          case JsonObject object -> {
            var weight = 0L;
            for (var member : object.members().entrySet()) {
              weight += NODE + member.getKey().length() + weight(member.getValue());
            }
            yield weight;
          }
          case JsonArray list ->
            list.items().stream().mapToLong(StaleValues::weight).sum();
          case JsonText text -> text.value().length();
          case JsonNumber number -> number.text().length();
          case JsonLiteral literal -> 0;
        };
  }

  void put(CallKey key, JsonValue value) {
    values.put(key, new Kept(value, time.nanoTime()));
  }

  Optional<JsonValue> find(CallKey key, Duration longest) {
    return Optional.ofNullable(values.getIfPresent(key))
        .filter(kept -> time.nanoTime() - kept.nanos() <= longest.toNanos())
        .map(Kept::value);
  }
}
