package dev.touchstone.examples.gateway.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {

  private static final JsonNode schema = read();

  private static JsonNode read() {
    try (var in = GatewayDefinition.schema()) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> problems(String yaml) {
    return SchemaCheck.problems(schema, YamlFile.parse("g.yaml", yaml));
  }

  @Test
  void acceptsTheDefinitionThatIsShipped() throws IOException {
    var file = Path.of("../docs/gateway-shop.yaml");

    assertThat(problems(Files.readString(file))).isEmpty();
    GatewayDefinition.read(file);
  }

  @Test
  void acceptsAllThatThereIs() {
    var yaml = """
        gateway: all
        listen: 8080
        admin: 127.0.0.1:8081
        trust: [10.0.0.0/8]
        cache: 1MB
        auth:
          jwt: {jwks: "http://issuer/keys", issuer: i, audience: a}
          keys: {shop: {sha256: "%s", tier: gold}}
        backends:
          a:
            url: http://localhost:1
            timeout: 1s
            attempts: 1
            concurrency: 5
            breaker: {failures: 10, of: 10, rest: 1s}
            maxBytes: 1MB
            headers: {X-Key: secret}
            examples: {GET /x: {a: 1}, GET /y: {$file: y.json}}
        routes:
          GET /x/{id}:
            deadline: 1s
            forward: [Accept-Language]
            merge: last
            cache: {shared: 1s, staleWhileRevalidate: 1s, staleIfError: 0}
            auth: jwt
            limit: {per: route, 5: 1s, tiers: {gold: {50: 1s}}}
            maxBody: 1kB
            calls:
              a: {get: "a/{id}", timeout: 1s, keep: [x], rename: {x: y}, onError: stale, stale: 1m}
              b: {post: "a", body: {x: "{a.x}"}, drop: [z], onError: default, default: 1, into: b}
              c: {put: a, forEach: "a.x[*]", max: 5, parallel: 2, onError: optional, into: c}
              d: {patch: a, onError: required}
              e: {delete: a}
          "* /y/{rest*}": {proxy: a/v1, auth: key}
        """.formatted("a".repeat(64));

    assertThat(problems(yaml)).isEmpty();
    GatewayDefinition.parse("g.yaml", yaml, Path.of("."), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{routes: {GET /x: {proxy: a}}} | : 'backends' is missing",
        "{backends: {a: {url: x}}, routes: {GET /x: {prox: a}}} | /routes/GET ~1x: matches none of oneOf",
        "{backends: {a: {ur: x}}, routes: {GET /x: {proxy: a}}} | /backends/a/ur: is not allowed",
        "{backends: {a: {url: x}}, routes: {x: {proxy: a}}} | /routes/x: is not a name like",
        "{backends: {a: {url: x}}, routes: {GET /x: {proxy: a, auth: no}}} | /routes/GET ~1x/auth: is none of",
      })
  void refusesWhatIsWrong(String yaml, String problem) {
    assertThat(problems(yaml)).anySatisfy(found -> assertThat(found).startsWith(problem));
  }

  /** The loader and the schema have the same names: nothing can be added to one alone. */
  @Test
  void knowsTheNamesThatTheLoaderKnows() {
    assertNames("/properties", DefinitionReader.KEYS);
    assertNames("/properties/auth/properties", AuthReader.KEYS);
    assertNames("/properties/auth/properties/jwt/properties", AuthReader.JWT_KEYS);
    assertNames(
        "/properties/auth/properties/keys/additionalProperties/properties", AuthReader.KEY_KEYS);
    assertNames("/$defs/backend/properties", BackendReader.KEYS);
    assertNames("/$defs/backend/properties/breaker/properties", BackendReader.BREAKER_KEYS);
    assertNames("/$defs/route/properties", RouteReader.KEYS);
    assertNames("/$defs/route/properties/cache/properties", RouteReader.CACHE_KEYS);
    assertNames("/$defs/call/properties", CallReader.KEYS);
  }

  private static void assertNames(String pointer, String[] names) {
    assertThat(schema.at(pointer).propertyNames()).as(pointer).containsExactlyInAnyOrder(names);
  }
}
