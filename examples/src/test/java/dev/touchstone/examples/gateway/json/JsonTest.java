package dev.touchstone.examples.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.examples.gateway.json.JsonValue.JsonNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static JsonValue read(String text) {
    return Json.read(text.getBytes(UTF_8));
  }

  private static String write(JsonValue value) {
    return new String(Json.write(value), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "-0",
        "1e400",
        "1E+2",
        "0.1000000000000000055511151231257827",
        "123456789012345678901234567890",
        "[1.0,{\"a\":null,\"b\":[true,false]},\"ä\\n\\\"\"]",
        "{}",
        "\"\"",
      })
  void comesOutAsItWentIn(String text) {
    assertThat(write(read(text))).isEqualTo(text);
  }

  @Test
  void keepsTheTextOfNumbers() {
    assertThat(read(" 1.10 ")).isEqualTo(new JsonNumber("1.10")).isNotEqualTo(read("1.1"));
  }

  @Test
  void keepsTheOrderOfMembers() {
    assertThat(write(read("{\"b\": 1, \"a\": 2, \"0\": 3}")))
        .isEqualTo("{\"b\":1,\"a\":2,\"0\":3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nul",
        "{",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "01",
        "1 2",
        "NaN",
        "'a'",
        "{a:1}",
        "[1] x",
        "\u0000"
      })
  void refusesWhatIsNotOneValue(String text) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(
            "this is not one value in JSON, or repeats a name, at line 1, column ");
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    read("[".repeat(200) + "]".repeat(200));

    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read("[".repeat(201) + "]".repeat(201)));
  }

  @Test
  void putsNothingOfTheTextIntoTheMessage() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read("{\"password\": hunter2}"))
        .withMessageNotContaining("hunter2")
        .withNoCause();
  }

  @Test
  void isMadeOfWhatJsonMapsToInJava() {
    var map = new LinkedHashMap<String, Object>();
    map.put("text", "a");
    map.put("list", List.of(1, 1.5, true));
    map.put("none", null);

    assertThat(write(Json.of(map)))
        .isEqualTo("{\"text\":\"a\",\"list\":[1,1.5,true],\"none\":null}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.of(List.of('c')))
        .withMessage("expected what JSON maps to in Java, found a java.lang.Character");
  }

  @RepeatedTest(200)
  void readsWhatItWrites(RepetitionInfo repetition) {
    var value = RandomJson.value(new Random(repetition.getCurrentRepetition()), 4);

    assertThat(Json.read(Json.write(value))).isEqualTo(value);
  }
}
