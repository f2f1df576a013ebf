package dev.touchstone.examples.gateway.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.testing.VirtualTime;
import dev.touchstone.examples.gateway.json.JsonValue.JsonLiteral;
import dev.touchstone.examples.gateway.json.JsonValue.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StaleValuesTest {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final VirtualTime time = new VirtualTime();
  private final StaleValues values = new StaleValues(100_000, time);

  private static CallKey key(int number, String value, String field) {
    return new CallKey("GET http://a/{id}", List.of(number + value), Map.of("x", field));
  }

  private long found(IntStream numbers, String value, String field) {
    return numbers
        .filter(i -> values.find(key(i, value, field), LONGEST).isPresent())
        .count();
  }

  @Test
  void areKeptForTheTimeThatACallAllows() {
    values.put(key(1, "", ""), new JsonText("a"));

    time.advance(LONGEST);
    assertThat(values.find(key(1, "", ""), LONGEST)).contains(new JsonText("a"));
    assertThat(values.find(key(2, "", ""), LONGEST)).isEmpty();
    time.advance(Duration.ofNanos(1));
    assertThat(values.find(key(1, "", ""), LONGEST)).isEmpty();
  }

  @Test
  void areAsManyAsThereIsRoomFor() {
    var numbers = IntStream.range(0, 100);
    numbers.forEach(i -> values.put(key(i, "", ""), new JsonText("x".repeat(10_000))));

    assertThat(found(IntStream.range(0, 100), "", "")).isBetween(1L, 10L);
  }

  /* Both are what clients send. */
  @Test
  void takeRoomForWhatTheyAreFoundBy() {
    var long10k = "x".repeat(10_000);
    for (var i = 0; i < 100; i++) {
      values.put(key(i, long10k, ""), JsonLiteral.TRUE);
      values.put(key(i, "", long10k), JsonLiteral.TRUE);
    }

    assertThat(found(IntStream.range(0, 100), long10k, "")
            + found(IntStream.range(0, 100), "", long10k))
        .isBetween(1L, 10L);
  }
}
