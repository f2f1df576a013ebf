package dev.touchstone.examples.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.examples.gateway.route.RouteTable.Match;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private static RouteTable table(String... routes) {
    return RouteTable.of(Stream.of(routes)
        .map(route -> route.split(" "))
        .map(parts -> Route.of(parts[0], parts[1], exchange -> {}))
        .toList());
  }

  private static String found(RouteTable table, String method, String path) {
    return table.match(method, path) instanceof Match.Found found
        ? found.route().template() + " " + found.parameters()
        : table.match(method, path).toString();
  }

  @Nested
  class Specificity {

    private final RouteTable table = table(
        "GET /files/{path*}",
        "GET /users/{id}",
        "GET /users/me",
        "DELETE /users/{name}",
        "GET /users/{id}/home",
        "GET /{any}/me/x",
        "* /");

    @Test
    void prefersAWordToAName() {
      assertThat(found(table, "GET", "/users/me")).isEqualTo("/users/me {}");
      assertThat(found(table, "GET", "/users/7")).isEqualTo("/users/{id} {id=7}");
    }

    @Test
    void goesBackWhereTheMoreSpecificBranchEnds() {
      assertThat(found(table, "GET", "/users/me/home")).isEqualTo("/users/{id}/home {id=me}");
      assertThat(found(table, "GET", "/users/me/x")).isEqualTo("/{any}/me/x {any=users}");
    }

    @Test
    void looksOnWhereTheMoreSpecificPathLacksTheMethod() {
      assertThat(found(table, "DELETE", "/users/me")).isEqualTo("/users/{name} {name=me}");
    }

    @Test
    void givesTheRestOfThePathItsSlashes() {
      assertThat(found(table, "GET", "/files/a/b/")).isEqualTo("/files/{path*} {path=a/b/}");
      assertThat(found(table, "GET", "/files/")).isEqualTo("/files/{path*} {path=}");
      assertThat(table.match("GET", "/files")).isEqualTo(new Match.Missing());
    }

    @Test
    void doesNotTakeNothingForAName() {
      assertThat(table.match("GET", "/users/")).isEqualTo(new Match.Missing());
    }

    @Test
    void comparesAndBindsWhatEscapesStandFor() {
      assertThat(found(table, "GET", "/us%65rs/a%2Bb+c")).isEqualTo("/users/{id} {id=a+b+c}");
    }

    @Test
    void doesNotDependOnTheOrderOfRoutes() {
      var reversed = RouteTable.of(table.routes().reversed());

      for (var path : List.of("/users/me", "/users/7", "/files/x", "/users/me/x", "/nothing")) {
        assertThat(found(reversed, "GET", path)).isEqualTo(found(table, "GET", path));
      }
    }
  }

  @Nested
  class Methods {

    private final RouteTable table =
        table("GET /a", "POST /a", "HEAD /b", "GET /b", "DELETE /{x}", "* /all");

    @Test
    void letsGetAnswerHead() {
      assertThat(table.match("HEAD", "/a"))
          .isInstanceOfSatisfying(
              Match.Found.class, found -> assertThat(found.route().method()).isEqualTo("GET"));
      assertThat(table.match("HEAD", "/b"))
          .isInstanceOfSatisfying(
              Match.Found.class, found -> assertThat(found.route().method()).isEqualTo("HEAD"));
    }

    @Test
    void tellsThoseThatThereAre() {
      assertThat(table.match("PUT", "/a"))
          .isInstanceOfSatisfying(
              Match.WrongMethod.class,
              other ->
                  assertThat(other.allowed()).containsExactly("DELETE", "GET", "HEAD", "POST"));
    }

    @Test
    void takesAnyWhereTheRouteDoes() {
      assertThat(table.match("PROPFIND", "/all")).isInstanceOf(Match.Found.class);
    }
  }

  @Test
  void refusesTwoRoutesForTheSameRequests() {
    assertThatThrownBy(() -> table("GET /users/{id}", "GET /users/{name}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'GET /users/{name}' and 'GET /users/{id}' fit the same requests; remove one of"
            + " them, or give them different words");
  }

  @Nested
  class Templates {

    private static void assertRefused(String template, String message) {
      assertThatThrownBy(() -> PathTemplate.of(template))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }

    @Test
    void sayWhatIsWrong() {
      assertRefused("users", "a path must begin with '/', was 'users'");
      assertRefused("/{id}/{id}", "the name {id} must be there once, was twice in '/{id}/{id}'");
      assertRefused(
          "/{rest*}/x",
          "nothing may follow {rest*}, which stands for all that is left, in '/{rest*}/x'");
      assertRefused(
          "/a{id}",
          "a segment must be a plain word, {name}, or {name*} at the end, was 'a{id}' in '/a{id}'");
      assertRefused(
          "/../x",
          "a segment must be a plain word, {name}, or {name*} at the end, was '..' in '/../x'");
    }

    @Test
    void knowTheRestAsItWasSent() {
      var template = PathTemplate.of("/v1/{app}/{path*}");

      assertThat(template.names()).containsExactly("app", "path");
      assertThat(template.rest("/v1/x/a%2Fb/c")).isEqualTo("a%2Fb/c");
      assertThat(PathTemplate.of("/v1/{app}").rest("/v1/x")).isEmpty();
      assertThat(template.bind(List.of("1", "2"))).isEqualTo(Map.of("app", "1", "path", "2"));
    }
  }
}
