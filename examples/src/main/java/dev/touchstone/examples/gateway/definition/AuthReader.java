package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.definition.AuthDefinition.Jwt;
import dev.touchstone.examples.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads an {@link AuthDefinition}. */
final class AuthReader {

  static final String[] KEYS = {"jwt", "keys"};
  static final String[] JWT_KEYS = {"jwks", "issuer", "audience"};
  static final String[] KEY_KEYS = {"sha256", "tier"};

  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private AuthReader() {}

  static AuthDefinition read(YamlNode node) {
    var given = node.mapping(KEYS);
    return new AuthDefinition(
        given.find("jwt").map(AuthReader::jwt),
        given.find("keys").map(AuthReader::keys).orElse(List.of()));
  }

  private static Jwt jwt(YamlNode node) {
    var given = node.mapping(JWT_KEYS);
    return new Jwt(
        node,
        BackendReader.url(given.require("jwks")),
        given.require("issuer").text(),
        given.require("audience").text());
  }

  private static List<AuthDefinition.Key> keys(YamlNode node) {
    var owners = new HashMap<String, String>(); // by hashes
    return node.anyMapping().values().entrySet().stream()
        .map(entry -> key(entry.getKey(), entry.getValue(), owners))
        .toList();
  }

  private static AuthDefinition.Key key(String name, YamlNode node, Map<String, String> owners) {
    var given = node.mapping(KEY_KEYS);
    var hash = given.require("sha256");
    if (!SHA256.matcher(hash.text()).matches()) {
      throw hash.failure("expected the SHA-256 hash of the key in 64 hexadecimal digits, such as"
          + " 'printf KEY | sha256sum' prints; the key itself is not kept");
    }
    var sha256 = hash.text().toLowerCase(Locale.ROOT);
    var other = owners.putIfAbsent(sha256, name);
    if (other != null) {
      throw hash.failure(
          "'%s' and '%s' have the same key; give each one of its own".formatted(other, name));
    }
    return new AuthDefinition.Key(
        name, sha256, given.find("tier").map(YamlNode::text).orElse("standard"));
  }
}
