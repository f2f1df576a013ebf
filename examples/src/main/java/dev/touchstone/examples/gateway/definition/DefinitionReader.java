package dev.touchstone.examples.gateway.definition;

import static java.util.Objects.requireNonNullElse;

import dev.touchstone.apiclient.network.AddressRange;
import dev.touchstone.examples.yaml.YamlNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a {@link GatewayDefinition}. */
final class DefinitionReader {

  static final String[] KEYS = {
    "gateway", "listen", "admin", "trust", "auth", "backends", "routes", "cache"
  };

  private static final long CACHE = 64_000_000;
  private static final int MOST_PORT = 65_535;

  /* An address of IPv6 has colons itself, and so takes brackets. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(?<host>\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+):)?(?<port>[0-9]{1,5})");

  private DefinitionReader() {}

  static GatewayDefinition read(YamlNode node, Path folder) {
    var top = node.mapping(KEYS);
    var backends = backends(top.require("backends"), folder);
    var auth = top.find("auth").map(AuthReader::read).orElse(AuthDefinition.NONE);
    return new GatewayDefinition(
        top.find("gateway").map(YamlNode::text).orElse("gateway"),
        top.find("listen")
            .map(DefinitionReader::listen)
            .orElseGet(() -> new Listen("127.0.0.1", 8080)),
        top.find("admin").map(DefinitionReader::listen),
        top.find("trust").map(YamlNode::items).orElse(List.of()).stream()
            .map(DefinitionReader::network)
            .toList(),
        auth,
        backends,
        new RouteReader(auth).read(top.require("routes")),
        top.find("cache").map(YamlNode::bytes).orElse(CACHE));
  }

  private static Map<String, BackendDefinition> backends(YamlNode node, Path folder) {
    var backends = new LinkedHashMap<String, BackendDefinition>();
    node.anyMapping()
        .values()
        .forEach((name, value) -> backends.put(name, BackendReader.read(name, value, folder)));
    if (backends.isEmpty()) {
      throw node.expected("at least one backend such as {users: {url: \"http://localhost:9001\"}}");
    }
    return backends;
  }

  private static String network(YamlNode node) {
    var text = node.text();
    try {
      AddressRange.parse(text);
      return text;
    } catch (IllegalArgumentException malformed) {
      throw node.expected(
          "a network such as 10.0.0.0/8, fd00::/8 or, for one address, 10.1.2.3/32");
    }
  }

  private static Listen listen(YamlNode node) {
    var parts = ADDRESS.matcher(node.text());
    if (parts.matches()) {
      var port = Integer.parseInt(parts.group("port"));
      if (port <= MOST_PORT) {
        return new Listen(requireNonNullElse(parts.group("host"), "127.0.0.1"), port);
      }
    }
    throw node.expected("a port, or host and port such as 0.0.0.0:8080");
  }
}
