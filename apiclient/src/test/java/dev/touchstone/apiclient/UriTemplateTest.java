package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource({
    "plain, plain",
    "a b, a%20b",
    "a/b, a%2Fb",
    "a?b=c&d#e, a%3Fb%3Dc%26d%23e",
    "../../admin, ..%2F..%2Fadmin",
    "%2e%2e, %252e%252e",
    "..., ...",
    "ä€😀, %C3%A4%E2%82%AC%F0%9F%98%80",
    "a;b=c, a%3Bb%3Dc",
    "azAZ09-._~, azAZ09-._~",
    "@[`{/:, %40%5B%60%7B%2F%3A",
    "a+b, a%2Bb"
  })
  void aValueCannotLeaveItsSegment(String value, String expected) {
    assertThat(UriTemplate.expand("files/{name}/raw", value))
        .isEqualTo("files/" + expected + "/raw");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void aValueCannotBeADotSegment(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand("files/{name}", value))
        .withMessage("a segment must not be . or .. in files/{name}");
  }

  @ParameterizedTest
  @CsvSource({"files/{a}{b}", "files/{a}%2E{b}"})
  void valuesCannotFormADotSegmentTogether(String template) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand(template.replace("%2E{b}", "%2e"), values(template)))
        .withMessageStartingWith("a segment must not be . or .. in ");
  }

  private static Object[] values(String template) {
    return template.contains("%2E") ? new Object[] {"."} : new Object[] {".", "."};
  }

  @Test
  void aValueMayContainBracesAndIsNotExpandedAgain() {
    assertThat(UriTemplate.expand("{a}/{b}", "{b}", "x")).isEqualTo("%7Bb%7D/x");
  }

  @Test
  void aValueMustNotBeEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand("files/{name}/raw", ""))
        .withMessage("name must not be empty in files/{name}/raw");
  }

  @Test
  void aValueMustNotBeNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> UriTemplate.expand("files/{name}", (Object) null))
        .withMessage("name in files/{name}");
  }

  @Test
  void thereMustBeAValueForEachVariable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand("{a}/{b}", "x"))
        .withMessage("template {a}/{b} has 2 variables, but 1 were given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand("{a}", "x", "y"))
        .withMessage("template {a} has 1 variables, but 2 were given");
  }

  @Test
  void bracesMustMatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand("a/{b", "x"))
        .withMessage("template lacks a closing brace: a/{b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://{host}/x", "https://api.{tenant}.test", "{scheme}://h/x"})
  void aVariableCannotDecideWhereARequestGoes(String template) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriTemplate.expand(template, "evil.test"))
        .withMessage("a variable must not decide where a request goes, but does in " + template);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/%", "a/%2", "a/%2f", "a/.%2"})
  void aPercentSignThatEncodesNoDotIsLeftAlone(String template) {
    assertThat(UriTemplate.expand(template)).isEqualTo(template);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/{b}?next=http://c.test/", "{b}/http://c.test/", "?u={b}&v=http://c"})
  void aUrlInAPathOrAQueryDoesNotMakeATemplateAbsolute(String template) {
    assertThat(UriTemplate.expand(template, "x")).isEqualTo(template.replace("{b}", "x"));
    assertThat(RequestAddress.expand(template, "x").resolve(HttpUrl.get("https://api.test/")))
        .hasToString("https://api.test/" + template.replace("{b}", "x"));
  }

  @Test
  void anAbsoluteTemplateMayHaveVariablesInItsPath() {
    assertThat(UriTemplate.expand("https://api.test/{a}?q={b}", "x/y", "1&2"))
        .isEqualTo("https://api.test/x%2Fy?q=1%262");
  }
}
