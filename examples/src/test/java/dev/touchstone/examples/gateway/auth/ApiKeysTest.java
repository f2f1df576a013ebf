package dev.touchstone.examples.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.gateway.HeldExchange;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

  private static final String SECRET = ApiKeys.generate();
  private static final ApiKeys.Key KEY = new ApiKeys.Key("shop", "gold", ApiKeys.hash(SECRET));

  private final ApiKeys keys = new ApiKeys(List.of(KEY));

  private static void assertRefused(
      ApiKeys keys, HeldExchange exchange, int status, String detail) {
    assertThatThrownBy(() -> keys.authenticate(exchange))
        .isInstanceOfSatisfying(ProblemException.class, refused -> {
          assertThat(refused.problem().status()).isEqualTo(status);
          assertThat(refused.problem().detail()).isEqualTo(detail);
        });
  }

  @Test
  void knowAKeyByItsHash() throws Exception {
    assertThat(keys.authenticate(new HeldExchange().with("X-Api-Key", SECRET)))
        .isEqualTo(new Caller.KeyHolder("shop", "gold"));
    assertThat(KEY.toString()).doesNotContain(SECRET);
  }

  @Test
  void refuseOthers() {
    var unknown = "The API key is not known, or not any more; ask for a new one.";
    assertRefused(keys, new HeldExchange().with("X-Api-Key", ApiKeys.generate()), 401, unknown);
    assertRefused(keys, new HeldExchange().with("X-Api-Key", KEY.sha256()), 401, unknown);
    assertRefused(keys, new HeldExchange().with("X-Api-Key", SECRET + "x"), 401, unknown);
    assertRefused(keys, new HeldExchange().with("X-Api-Key", ""), 401, unknown);
  }

  @Test
  void askForExactlyOne() {
    var asked = "This route takes an API key: send it once, in the field X-Api-Key.";
    assertRefused(keys, new HeldExchange(), 401, asked);
    assertRefused(
        keys, new HeldExchange().with("X-Api-Key", SECRET).with("X-Api-Key", "b"), 401, asked);
  }

  @Test
  void letInTheTiersOfARoute() throws Exception {
    assertRefused(
        new ApiKeys("X-Api-Key", List.of(KEY), Set.of("platinum")),
        new HeldExchange().with("X-Api-Key", SECRET),
        403,
        "A key of the tier gold is not enough for this route.");
    assertThat(new ApiKeys("Key", List.of(KEY), Set.of("gold"))
            .authenticate(new HeldExchange().with("Key", SECRET)))
        .isNotNull();
  }

  @Test
  void areNeverConfiguredInPlainText() {
    assertThatThrownBy(() -> new ApiKeys.Key("shop", "gold", SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sha256 of the key 'shop' must have 64 hexadecimal digits; never put the key"
            + " itself here")
        .message()
        .doesNotContain(SECRET);
    assertThatThrownBy(() -> new ApiKeys(List.of(KEY, KEY)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key 'shop' is there twice; each key has one name and tier");
  }
}
