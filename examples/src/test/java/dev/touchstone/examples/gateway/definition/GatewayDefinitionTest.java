package dev.touchstone.examples.gateway.definition;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayDefinitionTest {

  @TempDir
  private Path folder;

  private GatewayDefinition parse(String yaml) {
    return GatewayDefinition.parse("g.yaml", yaml, folder, Map.of("PORT", "9100", "EMPTY", ""));
  }

  private void assertRefused(String yaml, String message) {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> parse(yaml))
        .withMessage("g.yaml:" + message);
  }

  private static final String START = """
      backends:
        a: {url: "http://localhost:1"}
      routes:
      """;

  @Test
  void hasDefaults() {
    var definition = parse(START + "  GET /x: {proxy: a}");

    assertThat(definition.listen()).hasToString("127.0.0.1:8080");
    assertThat(definition.admin()).isEmpty();
    var backend = definition.backends().get("a");
    assertThat(backend.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backend.attempts()).isEqualTo(2);
    assertThat(definition.routes().getFirst().deadline()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void takesValuesFromItsSurroundings() throws IOException {
    Files.writeString(folder.resolve("token"), "geheim\n");

    var definition = parse("""
        listen: 0.0.0.0:${PORT}
        backends:
          a: {url: "http://${HOST:-localhost}:${PORT}", headers: {Authorization: "Bearer ${file:token}", X: "$${PORT}"}}
        routes: {GET /x: {proxy: a}}
        """);

    var backend = definition.backends().get("a");
    assertThat(definition.listen()).isEqualTo(new Listen("0.0.0.0", 9100));
    assertThat(backend.url()).hasToString("http://localhost:9100");
    assertThat(backend.headers())
        .containsEntry("Authorization", "Bearer geheim")
        .containsEntry("X", "${PORT}");
    assertThat(definition.toString()).doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${NONE} | there is no NONE; set it, or write ${NONE:-other}",
        "${file:none} | there is no file:none; set it, or write ${file:none:-other}",
        "${} | expected a reference such as ${NAME}; write $${ for a dollar and a brace",
        "${PORT | expected a reference such as ${NAME}; write $${ for a dollar and a brace",
        "x${PORT}x | expected a port, or host and port such as 0.0.0.0:8080, found 'x${PORT}x'",
        "70000 | expected a port, or host and port such as 0.0.0.0:8080, found '70000'",
        "::1:80 | expected a port, or host and port such as 0.0.0.0:8080, found '::1:80'",
        ":80 | expected a port, or host and port such as 0.0.0.0:8080, found ':80'",
      })
  void saysWhichReferenceLeadsNowhereAndNeverWhatOneStandsFor(String listen, String message) {
    assertRefused("listen: '" + listen + "'\n" + START + "  GET /x: {proxy: a}", "1:9: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET/x: {proxy: a} | 4:3: expected a method and a path such as 'GET /users/{id}', found 'GET/x'",
        "get /x: {proxy: a} | 4:3: expected a method and a path such as 'GET /users/{id}', found 'get /x'",
        "GET x: {proxy: a} | 4:3: a path must begin with '/', was 'x'",
        "GET /x: {} | 4:11: expected one of 'proxy' and 'calls', found neither",
        "GET /x: {proxy: a, calls: {}} | 4:11: expected one of 'proxy' and 'calls', found both",
        "GET /x: {proxy: a, deadlin: 1s} | 4:22: 'deadlin' is not known here; did you mean 'deadline'?",
        "GET /x: {proxy: a, deadline: 0} | 4:32: expected a length of time that is not 0, found '0'",
        "GET /x: {proxy: a, merge: last} | 4:22: 'merge' says nothing without 'calls'; remove it",
        "GET /x: {proxy: a, forward: [Host]} | 4:32: 'Host' is ours to write; remove it",
        "GET /x: {proxy: a, forward: [X-Authenticated-Subject]} | 4:32: 'X-Authenticated-Subject' is ours to write; remove it",
        "GET /x: {proxy: a, forward: [X-Forwarded-For]} | 4:32: 'X-Forwarded-For' is ours to write; remove it",
        "GET /x: {proxy: a, forward: [Forwarded]} | 4:32: 'Forwarded' is ours to write; remove it",
        "GET /x: {proxy: a, auth: jwt} | 4:28: 'jwt' takes an entry 'auth: {jwt: ...}' at the top; add one",
        "GET /x: {proxy: a, limit: {per: caller}} | 4:29: expected a number of requests and a time such as {per: caller, 100: 1m}",
        "GET /x: {proxy: a, limit: {5: 1ms}} | 4:33: expected a length of time from 1s to 1d, found '1ms'",
        "POST /x: {proxy: a, cache: {shared: 1s}} | 4:23: only answers to GET are kept; remove 'cache'",
        "'* /x': {calls: {u: {get: a}}} | 4:3: a route with calls answers one method, such as GET",
        "GET /x: {calls: {}} | 4:19: expected at least one call such as {user: {get: \"users/{id}\"}}, found a mapping",
        "GET /x: {calls: {u: {}}} | 4:23: expected one of get, post, put, patch, delete with an address such as \"users/{id}\", found none",
        "GET /x: {calls: {u: {get: a, put: a}}} | 4:23: expected one of get, post, put, patch, delete with an address such as \"users/{id}\", found get, put",
        "GET /x: {calls: {u: {get: a, body: {}}}} | 4:32: 'get' has no body; use post, put or patch",
        "GET /x: {calls: {u: {get: /a}}} | 4:29: expected an address such as users/{id}?page={query.page}, which begins with the name of a backend, found '/a'",
        "GET /x: {calls: {u: {get: 'a/{b'}}} | 4:29: a brace is not closed; write references as {user.teamId}",
        "GET /x: {calls: {u: {get: 'a/{b[*]}'}}} | 4:29: expected a reference to one value such as {user.teamId}, found '{b[*]}'",
        "GET /x: {calls: {u: {get: 'a?{b}'}}} | 4:29: expected a parameter such as page={query.page}, found '{b}'",
        "GET /x: {calls: {u: {get: 'a?b=c{d}'}}} | 4:29: a parameter is either a text or one reference, found 'b=c{d}'",
        "GET /x: {calls: {u: {get: a, max: 3}}} | 4:32: 'max' says nothing without 'forEach'",
        "GET /x: {calls: {u: {get: a, forEach: b}}} | 4:41: expected a reference to a list such as orders[*].productId, found 'b'",
        "GET /x: {calls: {u: {get: a, default: 1}}} | 4:32: 'default' says nothing without 'onError: default'",
        "GET /x: {calls: {u: {get: a, onError: default}}} | 4:23: 'default' is missing here",
        "GET /x: {calls: {u: {get: a, onError: ignore}}} | 4:41: expected one of required, optional, default, stale, found 'ignore'",
        "GET /x: {calls: {u: {get: a, keep: [b], drop: [c]}}} | 4:43: 'drop' says nothing beside 'keep'; remove one",
        "GET /x: {calls: {u: {get: a, keep: [b, c], rename: {b: c}}}} | 4:46: there is a member 'c' already; use another name",
        "GET /x: {calls: {u-v: {get: a}}} | 4:20: a call has a name of letters, digits and _, found 'u-v'; rename it",
        "GET /x: {proxy: 'a/{id}'} | 4:19: expected a backend, and maybe the beginning of a path, such as users or users/v2, which the path of the request is appended to, found 'a/{id}'",
      })
  void saysWhatIsWrongWithARoute(String route, String message) {
    assertRefused(START + "  " + route, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 2:6: 'url' is missing here",
        "{url: ftp://x} | 2:12: expected an http or https address such as http://localhost:9001/v1, without query and credentials, found 'ftp://x'",
        "{url: 'http://u:p@x'} | 2:12: expected an http or https address such as http://localhost:9001/v1, without query and credentials, found 'http://u:p@x'",
        "{url: 'http://x', attempts: 0} | 2:34: expected a whole number from 1 to 10, found '0'",
        "{url: 'http://x', breaker: {fails: 5}} | 2:34: 'fails' is not known here; there are: failures, of, rest",
        "{url: 'http://x', examples: {/x: 1}} | 2:39: expected a method and a path such as 'GET /{id}', found '/x'",
        "{url: 'http://x', examples: {GET /x: .inf}} | 2:43: expected a number as JSON has them, such as 12 or -1.5e3, or a text in quotes, found '.inf'",
      })
  void saysWhatIsWrongWithABackend(String backend, String message) {
    assertRefused("backends:\n  a: " + backend + "\nroutes: {GET /x: {proxy: a}}", message);
  }

  @Test
  void saysWhichKeyIsThereTwice() {
    assertRefused(
        "auth: {keys: {shop: {sha256: %s}, till: {sha256: %s}}}\n"
                .formatted("ab".repeat(32), "AB".repeat(32))
            + START + "  GET /x: {proxy: a}",
        "1:112: 'shop' and 'till' have the same key; give each one of its own");
  }

  @Test
  void saysWhichFieldOfABackendIsNoneAndNeverWhatIsInIt() throws IOException {
    Files.writeString(folder.resolve("token"), "geh\neim");
    var yaml = "backends: {a: {url: \"http://x\", headers: {%s}}}\nroutes: {GET /x: {proxy: a}}";

    assertRefused(
        yaml.formatted("X-Token: \"${file:token}\""),
        "1:52: the value of 'X-Token' must be one line of visible ASCII; encode what is not");
    assertRefused(
        yaml.formatted("X-Token: gehe\u00efm"),
        "1:52: the value of 'X-Token' must be one line of visible ASCII; encode what is not");
    assertRefused(
        yaml.formatted("'X Token': a"),
        "1:54: a header field is called by letters, digits and -, found 'X Token'; rename it");
  }

  @Test
  void keepsTheOrderOfTheOptionsOfAFilter() {
    var options = IntStream.range(0, 20).mapToObj(i -> "o" + (i * 7 % 20)).toList();
    var yaml = options.stream().map(option -> option + ": geheim").collect(joining(", ", "{", "}"));

    var filter = parse(START + "  GET /x: {proxy: a, filters: [headers: " + yaml + "]}")
        .routes()
        .getFirst()
        .filters()
        .getFirst();

    assertThat(filter.options().keySet()).containsExactlyElementsOf(options);
    assertThat(filter.toString()).startsWith("headers [o0, o7, ").doesNotContain("geheim");
  }

  @Test
  void listensOnAddressesOfIpv6() {
    assertThat(parse("listen: '[::1]:80'\n" + START + "  GET /x: {proxy: a}").listen())
        .isEqualTo(new Listen("[::1]", 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "10.0.0.0/33", "fd00::/129", "proxy/8", "/8"})
  void saysWhichProxiesAreNoNetwork(String trust) {
    assertRefused(
        "trust:\n- 10.0.0.0/8\n- '" + trust + "'\n" + START + "  GET /x: {proxy: a}",
        "3:3: expected a network such as 10.0.0.0/8, fd00::/8 or, for one address, 10.1.2.3/32,"
            + " found '" + trust + "'");
  }

  @Test
  void saysWhatIsMissing() {
    assertRefused("routes: {}", "1:1: 'backends' is missing here");
    assertRefused("backends: {a: {url: \"http://x\"}}", "1:1: 'routes' is missing here");
    assertRefused(
        "backends: {}\nroutes: {}",
        "1:11: expected at least one backend such as {users: {url: \"http://localhost:9001\"}}, found a"
            + " mapping");
  }
}
