package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.examples.web.Browser.Screen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

class ShellInBrowserTest {

  private static final String HOSTILE =
      "<img src=x onerror='hacked=1'><script>hacked=1</script>\"><svg onload='hacked=1'>";

  @RegisterExtension
  private static final Browser browser = new Browser();

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger acted = new AtomicInteger();
  private volatile String content = "agate";
  private WebServer server;

  @BeforeEach
  void open() {
    server = WebServer.open(
        Site.builder("Cabinet", "of minerals")
            .page("/", "Overview", request -> new Answer.Page("Overview", overview(request)))
            .page(
                "/stones",
                "Stones",
                request -> new Answer.Page(
                    "Stones",
                    tag("p", request.parameter("q").orElse("all of them")).with("id", "q")))
            .search("/stones", "q", "Find a stone")
            .post("/act", request -> {
              acted.incrementAndGet();
              return new Answer.SeeOther("/");
            })
            .build(),
        0);
    browser.begin(server.uriWithToken());
  }

  @AfterEach
  void close() {
    browser.forget();
    server.close();
  }

  private Html overview(WebRequest request) {
    asked.incrementAndGet();
    var table = new Table("The stones")
        .column("Stone")
        .column("Hardness", Table.Style.NUMBER)
        .row(link("/stones?q=agate", "Agate"), Html.text("6.5"))
        .row(Html.text(HOSTILE), Meter.of("Hardness", 1, 10));
    return Html.of(
        new Figures().add("Stones", "2", "of 480").add("Mean", "3.8").html(),
        Panel.row(
            Panel.of("Table", table.orElse("No stone.")),
            Panel.of(
                "Parts",
                Meter.stacked(
                    "By colour", List.of(new Meter.Part("red", 3), new Meter.Part("blue", 1)))),
            Panel.of("Line", Sparkline.of("Finds: now 4, most 9", List.of(1, 9, 3, 4)))),
        tag("p", content).with("id", "content"),
        request
            .form("/act")
            .add(tag("input").with("name", "by").with("id", "by").with("aria-label", "By"))
            .add(tag("button", "Act").with("id", "act")),
        tag("details", tag("summary", "More"), tag("p", content)).with("id", "more"));
  }

  @Test
  void letsInWhoeverHasTheAddressAndHidesTheToken() {
    assertThat(browser.driver().getCurrentUrl()).isEqualTo(server.uri().toString());
    assertThat(browser.driver().getTitle()).isEqualTo("Overview · Cabinet of minerals");
    browser.awaitText("#state", "Live");

    browser.forget();
    browser.open(server.uri());

    assertThat(browser.find("h1").getText()).isEqualTo("Unauthorized");
  }

  @Test
  void showsHostileTextAndRunsNoneOfIt() {
    assertThat(browser.find("table").getText()).contains(HOSTILE);
    assertThat(browser.run("return window.hacked")).isNull();

    browser.run("const s = document.createElement('script'); s.textContent = 'hacked = 2';"
        + "document.body.append(s); document.body.insertAdjacentHTML('beforeend',"
        + "'<img src=x onerror=\"hacked=3\">')");

    assertThat(browser.run("return window.hacked")).isNull();
    assertThat(browser.complaints())
        .anySatisfy(complaint -> assertThat(complaint).contains("Content Security Policy"));
  }

  @Nested
  class Updates {

    @Test
    void appearInPlaceAndDisturbNothing() {
      browser.run("window.isSamePage = true");
      browser.find("#by").sendKeys("Ada");
      browser.find("summary").click();
      browser.find("#by").click();
      content = "beryl & <b>topaz</b>";

      browser.awaitText("#content", "beryl & <b>topaz</b>");

      assertThat(browser.run("return window.isSamePage")).isEqualTo(true);
      assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
          .isEqualTo("by");
      assertThat(browser.find("#by").getDomProperty("value")).isEqualTo("Ada");
      assertThat(browser.find("#more").getText()).contains("topaz");
      assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void stopWhilePausedAndGoOn() {
      browser.awaitText("#state", "Live");
      browser.find("#pause").click();
      browser.awaitText("#state", "Paused");
      var before = asked.get();
      content = "beryl";

      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(asked).hasValue(before));
      assertThat(browser.find("#content").getText()).isEqualTo("agate");
      browser.find("#pause").click();

      browser.awaitText("#content", "beryl");
      browser.awaitText("#state", "Live");
    }

    @Test
    void tellWhenTheServerIsGone() {
      browser.awaitText("#state", "Live");
      server.close();

      browser.awaitText("#state", "No answer");

      assertThat(browser.find("body").getDomAttribute("class")).contains("stale");
      assertThat(browser.find("#content").getText()).isEqualTo("agate");
    }
  }

  @Nested
  class Keyboard {

    @Test
    void opensTheListOfKeysAndClosesIt() {
      browser.press("?");
      assertThat(browser.find("#keys").isDisplayed()).isTrue();
      assertThat(browser.find("#keys").getText()).contains("Overview").contains("Find a stone");

      browser.press(Keys.ESCAPE);
      assertThat(browser.find("#keys").isDisplayed()).isFalse();
    }

    @Test
    void goesToPagesAndToTheSearch() {
      browser.press("2");
      browser.awaitText("h1", "Stones");

      browser.press("/");
      browser.press("a & b" + Keys.ENTER);
      browser.awaitText("#q", "a & b");
    }

    @Test
    void isIgnoredWhereTheUserWantsThat() {
      browser.press("?");
      browser.find("#keys-off").click();
      browser.find("#keys button").click();
      browser.press("2");
      browser.press("t");

      assertThat(browser.find("h1").getText()).isEqualTo("Overview");
      assertThat(browser.find("html").getDomAttribute("data-theme")).isNull();
    }

    @Test
    void skipsToTheContent() {
      browser.press(Keys.TAB);
      assertThat(browser.driver().switchTo().activeElement().getText())
          .isEqualTo("Skip to the content");

      browser.press(Keys.ENTER);
      assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
          .isEqualTo("main");
    }
  }

  @Test
  void keepsTheThemeThatTheUserChose() {
    var dark = "rgba(23, 25, 28, 1)";
    var light = "rgba(247, 247, 245, 1)";
    assertThat(browser.find("body").getCssValue("background-color")).isEqualTo(light);

    browser.prefer("dark");
    assertThat(browser.find("body").getCssValue("background-color")).isEqualTo(dark);
    browser.find("#theme").click();
    assertThat(browser.find("body").getCssValue("background-color")).isEqualTo(light);
    browser.driver().navigate().refresh();
    assertThat(browser.find("body").getCssValue("background-color")).isEqualTo(light);
  }

  @Test
  void worksWithoutScripts() {
    browser.runScripts(false);
    try {
      browser.open(server.uri());
      content = "beryl";
      browser.driver().navigate().refresh();

      assertThat(browser.find("#content").getText()).isEqualTo("beryl");
      assertThat(browser.find("#pause").isDisplayed()).isFalse();
      browser.find("#act").click();
      await().untilAsserted(() -> assertThat(acted).hasValue(1));
      browser.open(server.uri());
      browser.find(".bar nav a[href='/stones']").click();
      browser.awaitText("h1", "Stones");
    } finally {
      browser.runScripts(true);
    }
  }

  @Test
  void actsOnceForAForm() {
    browser.find("#act").click();
    await().untilAsserted(() -> assertThat(acted).hasValue(1));
    browser.awaitText("#state", "Live");
    browser.driver().navigate().refresh();

    assertThat(acted).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP, light", "DESKTOP, dark", "TELEPHONE, light", "TELEPHONE, dark"})
  void keepsNobodyFromUsingIt(Screen screen, String scheme) {
    browser.show(screen);
    browser.prefer(scheme);

    assertThat(browser.obstacles()).isEmpty();
    browser.press("?");
    assertThat(browser.obstacles()).isEmpty();
  }
}
