package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.yaml.YamlNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Whom the gateway knows.
 *
 * @param jwt whose tokens are taken
 * @param keys the keys that are taken
 */
public record AuthDefinition(Optional<Jwt> jwt, List<Key> keys) {

  /** Nobody. */
  static final AuthDefinition NONE = new AuthDefinition(Optional.empty(), List.of());

  /**
   * Whose tokens are taken.
   *
   * @param at where it stands in the file
   * @param jwks where the keys are that they are signed with
   * @param issuer who makes them
   * @param audience whom they are for
   */
  public record Jwt(YamlNode at, URI jwks, String issuer, String audience) {}

  /**
   * A key that is taken.
   *
   * @param name whose it is
   * @param sha256 its hash, in hexadecimal digits
   * @param tier what kind of customer that is
   */
  public record Key(String name, String sha256, String tier) {}

  /** Copies the list. */
  public AuthDefinition {
    keys = List.copyOf(keys);
  }
}
