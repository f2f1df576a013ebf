package dev.touchstone.examples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/",
        "/\\evil.example/",
        "http://evil.example/",
        "jobs",
        "",
        "/a\r\nX: y",
        "/a b"
      })
  void isSentToNoOtherServer(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Answer.SeeOther(path))
        .withMessage("path must be one of this server, percent-encoded, and begin with '/', was '"
            + path + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/jobs/7?state=dead#row-1"})
  void isSentToPagesOfThisServer(String path) {
    assertThat(new Answer.SeeOther(path).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 303, 399, 600})
  void isNoProblemWithoutAStatusOfOne(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Answer.Problem(status, "x"))
        .withMessage("status must be from 400 to 599, was " + status);
  }
}
