package dev.touchstone.apiclient.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.touchstone.apiclient.network.RedirectRules.BodyScope;
import dev.touchstone.apiclient.network.RedirectRules.Follow;
import dev.touchstone.apiclient.network.RedirectRules.Keep;
import dev.touchstone.apiclient.network.RedirectRules.Refuse;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectRulesTest {

  private static final URI FROM = URI.create("https://api.test/a/b?c=d");

  private final RedirectRules rules = RedirectRules.standard();

  @ParameterizedTest(name = "{0} turns {1} into {2}")
  @CsvSource({
    "301, POST, GET, false",
    "302, POST, GET, false",
    "303, POST, GET, false",
    "307, POST, POST, true",
    "308, POST, POST, true",
    "301, PUT, PUT, true",
    "302, DELETE, DELETE, true",
    "303, PUT, GET, false",
    "303, HEAD, HEAD, true",
    "302, GET, GET, true"
  })
  void theStatusDecidesAboutMethodAndBody(
      int status, String method, String next, boolean keepsBody) {
    assertThat(rules.decide(status, "/x", method, FROM, 0))
        .isEqualTo(new Follow(URI.create("https://api.test/x"), next, keepsBody, false));
  }

  @ParameterizedTest(name = "{0} leads to {1}")
  @CsvSource({
    "c, https://api.test/a/c, false",
    "?e, https://api.test/a/b?e, false",
    "//other.test/x, https://other.test/x, true",
    "https://api.test:8443/x, https://api.test:8443/x, true",
    "https://API.test:443/x, https://api.test/x, false"
  })
  void aLocationIsResolvedAndItsOriginCompared(String location, URI to, boolean leavesOrigin) {
    assertThat(rules.decide(302, location, "GET", FROM, 0))
        .isEqualTo(new Follow(to, "GET", true, leavesOrigin));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 300, 304, 305, 306, 404})
  void otherStatusesAreFinal(int status) {
    assertThat(rules.decide(status, "/x", "GET", FROM, 0)).isEqualTo(new Keep());
  }

  @Test
  void aRedirectWithoutLocationIsFinal() {
    assertThat(rules.decide(302, null, "GET", FROM, 0)).isEqualTo(new Keep());
  }

  @Test
  void aRedirectToHttpIsRefused() {
    assertThat(rules.decide(302, "http://api.test/x", "GET", FROM, 0))
        .isEqualTo(new Refuse("redirect from https to http"));
  }

  @Test
  void aBodyIsNotSentToAnotherOrigin() {
    assertThat(rules.decide(307, "https://other.test/x", "POST", FROM, 0))
        .isEqualTo(new Refuse("redirect of POST to another origin"));
  }

  @Test
  void aBodyMayBeAllowedToLeave() {
    var open = rules.bodies(BodyScope.ANY_ORIGIN);

    assertThat(open.decide(307, "https://other.test/x", "POST", FROM, 0))
        .isEqualTo(new Follow(URI.create("https://other.test/x"), "POST", true, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://api.test/x", "javascript:alert(1)", "https://", "file:///etc"})
  void onlyWebAddressesAreFollowed(String location) {
    assertThat(rules.decide(302, location, "GET", FROM, 0))
        .isEqualTo(new Refuse("redirect to something that is not an http or https URL"));
  }

  /* Nothing must not be taken for anywhere. */
  @Test
  void aBodyNeedsAScope() {
    assertThatNullPointerException().isThrownBy(() -> rules.bodies(null)).withMessage("scope");
  }

  @Test
  void thereIsAnEndToThem() {
    assertThat(rules.decide(302, "/x", "GET", FROM, 9)).isInstanceOf(Follow.class);
    assertThat(rules.decide(302, "/x", "GET", FROM, 10))
        .isEqualTo(new Refuse("more than 10 redirects"));
  }

  @Test
  void noneIsFollowedIfNoneIsAllowed() {
    assertThat(rules.maxHops(0).decide(302, "/x", "GET", FROM, 0)).isEqualTo(new Keep());
  }

  @Test
  void theMaximumMustNotBeNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules.maxHops(-1))
        .withMessage("maxHops must not be negative, was -1");
  }
}
