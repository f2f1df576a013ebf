package dev.touchstone.examples.scraper.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.web.Browser;
import dev.touchstone.examples.web.Browser.Screen;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

class CrawlDashboardInBrowserTest {

  private static final List<String> PAGES =
      List.of("/", "/hosts", "/addresses", "/errors", "/items", "/addresses?outcome=waiting");

  @RegisterExtension
  private static final Browser browser = new Browser();

  @TempDir
  private Path folder;

  private HeldCrawl crawl;

  @BeforeEach
  void start() throws Exception {
    crawl = HeldCrawl.start(folder.resolve("stones.crawl"));
    browser.begin(crawl.dashboard().server().uriWithToken());
  }

  @AfterEach
  void close() {
    browser.forget();
    crawl.close();
  }

  @Test
  void followsTheCrawlToItsEndWithoutBeingReloaded() {
    browser.run("window.isSamePage = true");
    assertThat(browser.find("main .head").getText()).contains("Running for");

    crawl.finish();

    browser.awaitText("main .head", "Complete after");
    assertThat(browser.find(".figures").getText()).contains("100 %");
    assertThat(browser.run("return window.isSamePage")).isEqualTo(true);
  }

  @Test
  void looksUpAnAddressByTheKeyboard() {
    browser.press("/");
    browser.press(crawl.seed() + "vault/1" + Keys.ENTER);

    browser.awaitText("h1", "Address");
    assertThat(browser.find(".trail").getText()).contains(crawl.seed() + "vault/1");
  }

  @Test
  void runsNothingThatASiteSays() {
    crawl.finish();
    for (var page : PAGES) {
      browser.open(crawl.dashboard().server().uri().resolve(page));
      assertThat(browser.run("return window.hacked")).isNull();
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP, light", "DESKTOP, dark", "TELEPHONE, light", "TELEPHONE, dark"})
  void keepsNobodyFromUsingIt(Screen screen, String scheme) {
    browser.show(screen);
    browser.prefer(scheme);
    for (var page : PAGES) {
      browser.open(crawl.dashboard().server().uri().resolve(page));

      assertThat(browser.obstacles()).as(page).isEmpty();
    }
  }
}
