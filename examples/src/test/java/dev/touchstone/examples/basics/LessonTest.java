package dev.touchstone.examples.basics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LessonTest {

  private static String outputOf(String title) throws Exception {
    var out = new StringWriter();
    Lesson.named(title).orElseThrow().run(new PrintWriter(out, true));
    return out.toString();
  }

  static List<Lesson> all() {
    return Lesson.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void showsItsSource(Lesson lesson) {
    assertThat(lesson.source()).startsWith("package dev.touchstone.examples.basics;");
  }

  @ParameterizedTest
  @MethodSource("all")
  void isFoundByItsTitle(Lesson lesson) {
    assertThat(Lesson.named(lesson.title())).contains(lesson);
  }

  @Test
  void firstChannelReceivesEveryWord() throws Exception {
    assertThat(outputOf("first-channel").lines())
        .hasSize(11)
        .contains("north 1", "north 5", "south 1", "south 5")
        .last()
        .isEqualTo("received 10 words");
  }

  @Test
  void firstCallIsMadeAgainAndFails() throws Exception {
    assertThat(outputOf("first-call")).isEqualTo("""
            Amber agate has a hardness of 6.5
            Azure agate took 2 attempts
            404: there is no such mineral
            """);
  }

  @Test
  void firstEventReachesTheListenersThatWork() throws Exception {
    assertThat(outputOf("first-event")).isEqualTo("""
            log: Placed[item=lamp, pieces=2]
            failed: the printer is out of paper
            stock: 2 x lamp less
            log: Placed[item=table, pieces=1]
            failed: the printer is out of paper
            log: Shipped[item=lamp]
            """);
  }
}
