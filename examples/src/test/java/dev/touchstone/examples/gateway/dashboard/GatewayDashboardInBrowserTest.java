package dev.touchstone.examples.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.web.Browser;
import dev.touchstone.examples.web.Browser.Screen;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

class GatewayDashboardInBrowserTest {

  private static final List<String> PAGES = List.of(
      "/", "/routes", "/requests", "/backends", "/health", Terms.routeAddress(GatewayOnShow.HOME));

  @RegisterExtension
  private static final Browser browser = new Browser();

  private final GatewayOnShow shop = new GatewayOnShow();

  @BeforeEach
  void open() throws Exception {
    shop.get("/users/7/home");
    shop.failOrders();
    shop.get("/users/7/home");
    browser.begin(shop.dashboard().server().uriWithToken());
  }

  @AfterEach
  void close() {
    browser.forget();
    shop.close();
  }

  @Test
  void triesARouteByTheKeyboardAndReloads() {
    browser.press("2");
    browser.awaitText("h1", "Routes");
    browser.find("tbody th a").sendKeys(Keys.ENTER);
    browser.awaitText("h1", GatewayOnShow.HOME);
    var path = browser.find("form.try input[name=path]");
    path.clear();
    path.sendKeys("/users/7/home" + Keys.ENTER);
    browser.awaitText(".answer", "Answer to GET /users/7/home");
    browser.awaitText(".answer pre", "Ada");
    browser.awaitText(".answer table", "Older value");

    browser.press("1");
    browser.awaitText("h1", "Overview");
    shop.addRoute("GET /new: {proxy: users}");
    browser.find("form[action='/reload'] button").click();
    browser.awaitText("main", "+ route GET /new");
    assertThat(browser.run("return window.hacked")).isNull();
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP, light", "DESKTOP, dark", "TELEPHONE, light", "TELEPHONE, dark"})
  void keepsNobodyFromUsingIt(Screen screen, String scheme) {
    browser.show(screen);
    browser.prefer(scheme);
    for (var page : PAGES) {
      browser.open(shop.dashboard().server().uri().resolve(page));

      assertThat(browser.obstacles()).as(page).isEmpty();
    }
  }
}
