package dev.touchstone.examples.taskqueue.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.examples.taskqueue.JobKind;
import dev.touchstone.examples.taskqueue.Redacted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RedactionTest {

  @JobKind("visit")
  record Visit(String patient, @Redacted String diagnosis, List<Note> notes) {}

  record Note(String by, @Redacted String text) {}

  private static String shown(Redaction redaction, String kind, String payload) {
    return JsonMapper.shared().readTree(redaction.show(kind, payload)).toString();
  }

  @Test
  void hidesWhatIsMarkedHoweverDeep() {
    var payload =
        "{\"patient\":\"ada\",\"diagnosis\":\"x\",\"notes\":[{\"by\":\"bob\",\"text\":\"y\"}]}";

    assertThat(shown(Redaction.of(Visit.class), "visit", payload))
        .isEqualTo(
            "{\"patient\":\"ada\",\"diagnosis\":\"(hidden)\",\"notes\":[{\"by\":\"bob\",\"text\":\"(hidden)\"}]}");
    assertThat(shown(Redaction.of(Visit.class), "other", payload)).isEqualTo(payload);
  }

  /** Several of something, in the ways that Java has for that. */
  @JobKind("many")
  record Many(
      Note[] array,
      List<Note>[] lists,
      Map<String, ? extends Note> map,
      Box<String> box,
      Fact fact) {}

  record Box<T>(@Redacted T content) {}

  sealed interface Fact {}

  record Finding(@Redacted String finding) implements Fact {}

  @Test
  void hidesWhatIsMarkedWhereverARecordMayBe() {
    var payload =
        "{\"array\":[{\"text\":1}],\"lists\":[[{\"text\":2}]],\"map\":{\"a\":{\"text\":3}},\"box\":{\"content\":4},\"fact\":{\"finding\":5}}";

    assertThat(shown(Redaction.of(Many.class), "many", payload))
        .isEqualTo(payload.replaceAll("\\d", "\"(hidden)\""));
  }

  @Test
  void hidesByName() {
    assertThat(
            shown(
                Redaction.byName(),
                "any",
                "{\"api_key\":\"a\",\"user\":{\"Password\":{\"old\":\"b\"}},\"accessTokens\":[1],\"age\":3}"))
        .isEqualTo(
            "{\"api_key\":\"(hidden)\",\"user\":{\"Password\":\"(hidden)\"},\"accessTokens\":\"(hidden)\",\"age\":3}");
  }

  @Test
  void showsNothingOfWhatItCannotRead() {
    assertThat(Redaction.byName().show("any", "password=secret"))
        .isEqualTo("(15 characters that are no JSON)");
  }

  @Test
  void needsRecordsWithAKind() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Redaction.of(Note.class))
        .withMessageEndingWith("Note has no @JobKind");
  }
}
