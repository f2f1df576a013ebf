package dev.touchstone.examples.gateway.definition;

import dev.touchstone.examples.gateway.definition.AccessDefinition.Auth;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Limit;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Per;
import dev.touchstone.examples.gateway.definition.AccessDefinition.Quota;
import dev.touchstone.examples.yaml.YamlMapping;
import dev.touchstone.examples.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads an {@link AccessDefinition}. */
final class AccessReader {

  private static final long MAX_BODY = 1_000_000;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private AccessReader() {}

  static AccessDefinition read(YamlMapping route, AuthDefinition known) {
    return new AccessDefinition(
        route.find("auth").map(node -> auth(node, known)),
        route.find("limit").map(AccessReader::limit),
        route.find("maxBody").map(YamlNode::bytes).orElse(MAX_BODY));
  }

  private static Auth auth(YamlNode node, AuthDefinition known) {
    var auth = node.choice(Auth.class);
    if (auth == Auth.JWT && known.jwt().isEmpty()) {
      throw node.failure("'jwt' takes an entry 'auth: {jwt: ...}' at the top; add one");
    }
    if (auth == Auth.KEY && known.keys().isEmpty()) {
      throw node.failure("'key' takes an entry 'auth: {keys: ...}' at the top; add one");
    }
    return auth;
  }

  private static Limit limit(YamlNode node) {
    var given = node.anyMapping();
    return new Limit(
        node,
        given.find("per").map(n -> n.choice(Per.class)).orElse(Per.CALLER),
        quota(node, Set.of("per", "tiers")),
        given.find("tiers").map(AccessReader::tiers).orElse(Map.of()));
  }

  private static Map<String, Quota> tiers(YamlNode node) {
    var tiers = new LinkedHashMap<String, Quota>();
    node.anyMapping().values().forEach((tier, value) -> tiers.put(tier, quota(value, Set.of())));
    return tiers;
  }

  /** Reads the one entry that has a number for its name. */
  private static Quota quota(YamlNode node, Set<String> others) {
    var quotas = new LinkedHashMap<>(node.anyMapping().values());
    quotas.keySet().removeAll(others);
    var name = quotas.isEmpty() ? "" : quotas.firstEntry().getKey();
    if (quotas.size() != 1 || !NUMBER.matcher(name).matches()) {
      throw node.failure("expected a number of requests and a time such as {per: caller, 100: 1m}");
    }
    var time = quotas.firstEntry().getValue();
    if (time.duration().compareTo(SHORTEST) < 0 || time.duration().compareTo(LONGEST) > 0) {
      throw time.expected("a length of time from 1s to 1d");
    }
    return new Quota(Integer.parseInt(name), time.duration());
  }
}
