package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.gateway.dashboard.GatewayOnShow.ATTACK;
import static dev.touchstone.examples.gateway.dashboard.GatewayOnShow.HOME;
import static dev.touchstone.examples.gateway.dashboard.GatewayOnShow.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.web.WebServerException;
import java.net.URLEncoder;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayDashboardTest {

  private final GatewayOnShow shop = new GatewayOnShow();

  @AfterEach
  void close() {
    shop.close();
  }

  private Document page(String path) throws Exception {
    var answer = shop.page(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Jsoup.parse(answer.body());
  }

  private Document route(String name) throws Exception {
    return page(Terms.routeAddress(name));
  }

  /** Sends the form of a route, and returns the page with the result. */
  private Document tried(String route, String path, String credential) throws Exception {
    var answer = shop.post(
        "/routes/try",
        "route=%s&path=%s&credential=%s"
            .formatted(encoded(route), encoded(path), encoded(credential)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return page(answer.headers().firstValue("Location").orElseThrow());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String figure(Document page, String label) {
    return page.select(".figures div:has(> dt:matchesOwn(^" + label + "$)) .value")
        .first()
        .text();
  }

  private static String fact(Document page, String label) {
    return page.select("dt:matchesOwn(^" + label + "$) + dd").first().text();
  }

  private static String row(Document page, String head) {
    return page.select("tbody tr:has(> th:containsOwn(" + head + ")), "
            + "tbody tr:has(> th > :containsOwn(" + head + "))")
        .first()
        .text();
  }

  @Test
  void tellsHowTheGatewayDoes() throws Exception {
    shop.get("/users/7/home");
    shop.get("/users/8/home");
    shop.get("/nowhere");

    var page = page("/");

    assertThat(page.title()).isEqualTo("Overview · Gateway shop");
    assertThat(page.select("main .head").text())
        .startsWith("Serving")
        .endsWith(shop.gateway().uri().toString());
    assertThat(figure(page, "Requests")).isEqualTo("3");
    assertThat(figure(page, "Errors")).isEqualTo("0 %");
    assertThat(figure(page, "Half in")).endsWith("s");
    assertThat(page.select("h2").eachText())
        .containsExactly(
            "Requests per second", "Last reload", "Busiest routes", "Backends", "Keys");
    assertThat(row(page, HOME)).startsWith(HOME);
    assertThat(row(page, "teams")).isEqualTo("teams closed 0");
  }

  @Test
  void listsRoutes() throws Exception {
    shop.get("/users/7/home");

    var page = page("/routes");

    assertThat(page.select("tbody tr")).hasSize(5);
    assertThat(row(page, HOME)).startsWith(HOME + " 4 calls on 2 levels Anybody – – ");
    assertThat(row(page, "/keyed")).contains("1 call Key 2 in 1 h for each caller");
    assertThat(row(page, "/products")).contains("Proxy to products");
    assertThat(page.select("tbody th a").eachAttr("href").getFirst())
        .isEqualTo("/routes/one?route=GET+%2Fusers%2F%7Bid%7D%2Fhome");
  }

  @Test
  void drawsWhatNeedsWhat() throws Exception {
    shop.get("/users/7/home");

    var page = route(HOME);

    assertThat(page.select("svg.calls .name").eachText())
        .containsExactly("user", "orders", "team", "items");
    assertThat(page.select("svg.calls .edge")).hasSize(2);
    assertThat(page.select("svg.calls .call-required, svg.calls .call-stale")).hasSize(2);
    assertThat(page.select("svg.calls .call-default, svg.calls .call-optional")).hasSize(2);
    var x = page.select("svg.calls .node").eachAttr("x");
    assertThat(x.get(0)).isEqualTo(x.get(1)).isNotEqualTo(x.get(2));
    assertThat(x.get(2)).isEqualTo(x.get(3));
    assertThat(row(page, "team"))
        .startsWith("team GET teams/{user.teamId} user default “team” ")
        .endsWith(" 0");
    assertThat(row(page, "items"))
        .contains("for each of orders[*].productId, 8 at a time, at most 50");
  }

  @Test
  void showsWhenCallsWereMadeAndWhatIsMissing() throws Exception {
    shop.get("/users/7/home");
    shop.failOrders();
    shop.get("/users/7/home");
    shop.backend().status("/users/7", 500);
    shop.get("/users/7/home");
    shop.get("/products/pen");

    var page = page("/requests");
    var rows = page.select("tbody tr");

    assertThat(page.select(".tabs a").eachText())
        .containsExactly("All 4", "Failed 1", "Degraded 1");
    assertThat(rows.get(1).text())
        .contains("502")
        .endsWith("user failed: the backend answered 500");
    assertThat(rows.get(1).select("rect.part-5")).hasSize(1);
    assertThat(rows.get(2).text())
        .contains("200")
        .endsWith("orders older value: the backend answered 500");
    assertThat(rows.get(2).select("rect.part-4")).hasSize(1);
    assertThat(rows.get(3).select("rect.part-1")).hasSize(4);
    assertThat(page("/requests?show=failed").select("tbody tr")).hasSize(1);
    assertThat(page("/requests?show=%3Cb%3E").select("tbody tr")).hasSize(4);

    var one = page(rows.get(2).select("th a").attr("href"));
    assertThat(fact(one, "Route")).isEqualTo(HOME);
    assertThat(row(one, "orders")).contains("Older value").endsWith("the backend answered 500");
    var handedOn = page(rows.get(0).select("th a").attr("href"));
    assertThat(handedOn.select(".empty").text())
        .isEqualTo("It was handed on to its backend as it came.");
    assertThat(shop.page("/requests/one?id=none").statusCode()).isEqualTo(404);
  }

  @Test
  void tellsWhenAnAnswerWasKept() throws Exception {
    shop.get("/users/7");
    shop.get("/users/7");

    assertThat(figure(route("GET /users/{id}"), "Kept answers")).isEqualTo("50 %");
    assertThat(figure(page("/"), "Kept answers")).isEqualTo("50 %");
    var last = page("/requests").select("tbody th a").attr("href");
    assertThat(page(last).select(".empty").text())
        .isEqualTo("The answer was kept from before: no call was made.");
  }

  @Test
  void tellsWhatIsWrongWithBackends() throws Exception {
    shop.failOrders();
    for (var i = 0; i < 5; i++) {
      shop.get("/users/7/home");
    }

    var page = page("/backends");

    assertThat(row(page, "orders")).contains(" open 100 %").contains("0 of 256");
    assertThat(row(page, "users")).contains(" closed 0 %");
    assertThat(page.select("table").last().select("tbody tr")).hasSize(4);
    assertThat(page.select("table").last().text()).contains(ATTACK);
    assertThat(page("/").select("main .head").text()).startsWith("1 thing to look at");
    assertThat(page("/health").select("main li").eachText())
        .containsExactly("The backend 'orders' is given a rest: 100 % of its last calls failed.");
  }

  @Test
  void readsTheDefinitionAgain() throws Exception {
    assertThat(page("/").text()).contains("None since the start.");

    shop.addRoute("GET /new: {proxy: users}");
    var answer = shop.post("/reload", "");
    assertThat(answer.headers().firstValue("Location")).contains("/");
    assertThat(page("/").select(".trail li").eachText()).containsExactly("+ route GET /new");
    assertThat(page("/routes").select("tbody tr")).hasSize(6);

    shop.write("routes:\n  GET /x: {proxy: \"" + ATTACK.replace("\"", "") + "\"}\n");
    shop.post("/reload", "");
    var page = page("/");
    assertThat(page.select("main .bad").text()).contains("is not known here");
    assertThat(page.text()).contains("The definition before goes on.");
    assertThat(page.select("main .head").text()).startsWith("1 thing to look at");
    assertThat(page("/routes").select("tbody tr")).hasSize(6);
  }

  @Test
  void isOnlyToldToReloadByItsOwnPages() throws Exception {
    var button = page("/").select("main form[action=/reload]").first();

    assertThat(button.attr("method")).isEqualTo("post");
    assertThat(button.select("input[name=csrf]").attr("value")).hasSize(32);
    assertThat(shop.page("/reload").statusCode()).isEqualTo(405);
  }

  @Test
  void triesARoute() throws Exception {
    var page = tried(HOME, "/users/7/home", "");
    shop.awaitRequest();

    assertThat(page.select(".answer h3").text()).isEqualTo("Answer to GET /users/7/home");
    assertThat(fact(page, "Status")).isEqualTo("200");
    assertThat(page.select(".answer pre").text())
        .startsWith("{\"id\":7,\"name\":\"Ada\",\"orders\":[");
    assertThat(page.select("form.try input[name=path]").attr("value")).isEqualTo("/users/7/home");
    var last = page("/requests").select("tbody th a").attr("href");
    assertThat(page(last).select(".bars")).hasSize(4);
    assertThat(route(HOME).select("form.try input[name=path]").attr("value"))
        .isEqualTo("/users/{id}/home");
  }

  @Test
  void triesARouteAsSomebody() throws Exception {
    assertThat(fact(tried("GET /keyed", "/keyed", ""), "Status")).isEqualTo("401");
    assertThat(fact(tried("GET /keyed", "/keyed", KEY), "Status")).isEqualTo("200");
    tried("GET /keyed", "/keyed", KEY);
    var refused = tried("GET /keyed", "/keyed", KEY);
    for (var i = 0; i < 4; i++) {
      shop.awaitRequest();
    }

    assertThat(fact(refused, "Status")).isEqualTo("429");
    assertThat(fact(route("GET /keyed"), "Counted now"))
        .isEqualTo("1 caller; 1 request was refused");
    assertThat(fact(refused, "Tier gold")).isEqualTo("1,000 in 1 h");
  }

  @Test
  void saysWhatIsWrongWithWhatIsTried() throws Exception {
    assertThat(tried(HOME, "/users/{id}/home", "").select("main .bad").text())
        .startsWith("No answer: expected a path of this gateway that begins with '/'")
        .endsWith("found '/users/{id}/home'");
    assertThat(tried(HOME, "http://evil.example/", "").select("main .bad").text())
        .endsWith("found 'http://evil.example/'");
    assertThat(tried(HOME, "@evil.example/", "").select("main .bad").text())
        .endsWith("found '@evil.example/'");
    assertThat(fact(tried(HOME, "//evil.example/", ""), "Status")).isIn("400", "404");
    assertThat(route("POST /orders").select("main .empty").eachText())
        .contains("Only GET can be tried here.");
    assertThat(shop.post("/routes/try", "route=nowhere&path=/").statusCode()).isEqualTo(404);
    assertThat(shop.page("/routes/one?route=nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void showsNothingSecretAndRunsNothingThatOthersSay() throws Exception {
    shop.failOrders();
    shop.get("/users/7/home");
    shop.get("/%3Cscript%3Ehacked%3C/script%3E?password=secret-of-a-request");
    shop.get("/keyed", "X-Api-Key", KEY, "Cookie", "a=secret-of-a-request");
    var tried = tried("GET /products/{path*}", "/products/evil", "");
    assertThat(fact(tried, "(?i)Set-Cookie")).isEqualTo("***");
    assertThat(tried.select(".answer pre").text()).isEqualTo(ATTACK);
    assertThat(route("GET /keyed").text()).contains("users/7?api_key=***");

    for (var path : List.of(
        "/",
        "/routes",
        "/requests",
        "/backends",
        "/health",
        Terms.routeAddress(HOME),
        Terms.routeAddress("GET /keyed"),
        Terms.routeAddress("GET /products/{path*}") + "&try=1")) {
      var page = page(path);

      assertThat(page.outerHtml()).as(path).doesNotContain("secret-of", KEY);
      assertThat(page.select("script")).as(path).hasSize(1);
      assertThat(page.select("main img, [onerror], [onload]")).as(path).isEmpty();
    }
  }

  @Test
  void isNotOpenedOnAPortThatIsTaken() {
    var port = shop.dashboard().server().uri().getPort();

    assertThatExceptionOfType(WebServerException.class)
        .isThrownBy(() -> GatewayDashboard.open(shop.gateway(), new Traffic(), port))
        .withMessageStartingWith("port " + port + " is taken");
  }
}
