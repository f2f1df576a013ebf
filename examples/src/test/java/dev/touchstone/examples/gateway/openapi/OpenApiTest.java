package dev.touchstone.examples.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

  private static final Pattern IN_PATH = Pattern.compile("\\{([^}]+)}");

  private static JsonNode describe(String yaml) {
    var definition = GatewayDefinition.parse("g.yaml", yaml, Path.of("."), Map.of());
    return JsonMapper.shared()
        .valueToTree(OpenApi.describe(GatewayPlan.of(definition), "http://localhost:8080"));
  }

  private static JsonNode shop() throws IOException {
    return describe(Files.readString(Path.of("../docs/gateway-shop.yaml")));
  }

  private static JsonNode all() {
    return describe("""
        auth: {keys: {shop: {sha256: "%s"}}}
        backends: {a: {url: "http://localhost:1"}}
        routes:
          GET /a/{b}: {calls: {x: {get: "a/{b}?p={query.page}"}, y: {get: a, keep: [m], rename: {m: n}}}, forward: [X-Tenant, Accept], auth: key}
          POST /a/{b}: {proxy: a}
          GET /a/b: {proxy: a}
          "* /files/{rest*}": {proxy: a}
        """.formatted("a".repeat(64)));
  }

  @Test
  void saysWhatThereIs() {
    var api = all();

    assertThat(api.get("openapi").stringValue()).isEqualTo("3.1.1");
    assertThat(api.get("paths").propertyNames()).containsExactly("/a/{b}", "/a/b", "/files/{rest}");
    var get = api.at("/paths/~1a~1{b}/get");
    assertThat(get.at("/parameters/0"))
        .hasToString(
            "{\"name\":\"b\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}");
    assertThat(get.at("/parameters/1/name").stringValue()).isEqualTo("page");
    assertThat(get.at("/parameters/2/name").stringValue()).isEqualTo("x-tenant");
    assertThat(get.get("parameters")).hasSize(3);
    assertThat(get.get("security")).hasToString("[{\"key\":[]}]");
    assertThat(get.at("/responses/200/content/application~1json/schema/properties"))
        .hasToString("{\"n\":{}}");
  }

  @Test
  void resolvesItsOwnReferences() throws IOException {
    for (var api : List.of(all(), shop())) {
      var references = new ArrayList<String>();
      collect(api, references);

      assertThat(references).isNotEmpty().allSatisfy(reference -> {
        assertThat(reference).startsWith("#/");
        assertThat(api.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      });
    }
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.get("$ref").stringValue());
    }
    node.forEach(child -> collect(child, references));
  }

  @Test
  void saysOfAMethodWhatItsOwnRouteDoesWhereverItStands() {
    var api = describe("""
        auth: {keys: {shop: {sha256: "%s"}}}
        backends: {a: {url: "http://localhost:1"}}
        routes:
          "* /x": {proxy: a}
          GET /x: {proxy: a, auth: key}
        """.formatted("a".repeat(64)));

    assertThat(api.at("/paths/~1x/get").has("security")).isTrue();
    assertThat(api.at("/paths/~1x/put").has("security")).isFalse();
  }

  /** The rules of the specification that cannot be read off a single object. */
  @Test
  void keepsTheRulesForPathsAndIds() throws IOException {
    for (var api : List.of(all(), shop())) {
      var ids = new HashSet<String>();
      api.get("paths").properties().forEach(path -> {
        var names = IN_PATH
            .matcher(path.getKey())
            .results()
            .map(found -> found.group(1))
            .toList();
        path.getValue().forEach(operation -> {
          assertThat(ids.add(operation.get("operationId").stringValue())).isTrue();
          assertThat(operation.get("responses")).isNotEmpty();
          assertThat(operation
                  .get("parameters")
                  .valueStream()
                  .filter(parameter -> parameter.get("in").stringValue().equals("path"))
                  .map(parameter -> parameter.get("name").stringValue()))
              .containsExactlyInAnyOrderElementsOf(names);
          operation
              .path("security")
              .forEach(each -> each.propertyNames()
                  .forEach(
                      scheme -> assertThat(api.at("/components/securitySchemes").has(scheme))
                          .isTrue()));
        });
      });
    }
  }
}
