package dev.touchstone.examples.pluginapp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.web.Browser;
import dev.touchstone.examples.web.Browser.Screen;
import dev.touchstone.patterns.plugin.PluginState;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleInBrowserTest {

  private static final List<String> PAGES = List.of("/", "/offers", "/graph", "/recipes", "/runs");

  @RegisterExtension
  private static final Browser browser = new Browser();

  @TempDir
  private Path folder;

  private HeldWorkbench held;

  @BeforeEach
  void start() throws Exception {
    held = HeldWorkbench.open(folder);
    browser.begin(held.console().server().uriWithToken());
  }

  @AfterEach
  void close() {
    browser.forget();
    held.close();
  }

  private void open(String path) {
    browser.open(held.console().server().uri().resolve(path));
  }

  /** Clicks, and waits until another document has come, with something in it. */
  private void click(String css, String awaitedIn, String text) {
    browser.run("window.isOld = true");
    browser.find(css).click();
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> browser.run("return window.isOld === undefined"), Boolean.TRUE::equals);
    browser.awaitText(awaitedIn, text);
  }

  @Test
  void stopsAndStartsAPlugin() {
    click("button[aria-label='Stop csv']", "main", "Start");

    assertThat(held.workbench().home().stopped()).containsExactly("csv");
    assertThat(browser.find("main").getText()).contains("join 1.0.0 was unloaded; ");

    click("button[aria-label='Start csv']", "main", "join 1.0.0 active");
    assertThat(held.workbench().home().stopped()).isEmpty();
  }

  @Test
  void replacesAPluginUnderARunAndFollowsItToItsEnd() {
    open("/recipes");
    click("button[aria-label='Run even.yaml']", "h1", "Runs");
    browser.awaitText("main", "2 batches by csv 1.0.0, refine 1.0.0, jsonl 1.0.0");
    open("/");
    browser.find("input[name=jar]").sendKeys(held.otherRefine().toString());
    held.workbench().host().states().subscribe(status -> {
      if (status.plugin().toString().equals("refine 1.1.0")
          && status.state() instanceof PluginState.Active) {
        held.letGo();
      }
    });

    click("form[action='/plugins/replace'] button", "main", "refine 1.1.0 started");

    open("/runs");
    browser.awaitText("main", "finished");
    assertThat(browser.find("main").getText())
        .contains("2 batches by csv 1.0.0, refine 1.0.0, jsonl 1.0.0")
        .contains("2 batches by csv 1.0.0, refine 1.1.0, jsonl 1.0.0")
        .contains("numbers <b>that</b> count"); // as text, not as markup
  }

  @Test
  void cancelsARun() {
    open("/recipes");
    click("button[aria-label='Run even.yaml']", "main", "Cancel");

    browser.awaitText("main", "2 batches");
    click("button[aria-label='Cancel run 1']", "main", "cancelled");
  }

  @Test
  void saysWhatIsWrongWithARecipe() {
    open("/recipes");

    browser.awaitText("main", "odd.yaml:2:7: 'jsnol' is not known here; did you mean 'jsonl'?");
  }

  @Test
  void saysWhyAJarIsNotTaken() {
    browser.find("input[name=jar]").sendKeys(folder.resolve("nothing.jar").toString());

    click("form[action='/plugins/replace'] button", "main", "there is no file");
  }

  @Test
  void wearsTheColoursOfAPlugin() {
    open("/offers");
    var before = browser.run("return getComputedStyle(document.body).backgroundColor");
    browser.run("document.querySelector('select[name=theme]').value = 'paper'");
    click("form[action='/themes/choose'] button", "h1", "Offers");

    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(246, 240, 226)")
        .isNotEqualTo(before);
    assertThat(browser.obstacles()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP, light", "DESKTOP, dark", "TELEPHONE, light", "TELEPHONE, dark"})
  void keepsNobodyFromUsingIt(Screen screen, String scheme) {
    held.letGo();
    open("/recipes");
    click("button[aria-label='Run even.yaml']", "main", "finished");
    browser.show(screen);
    browser.prefer(scheme);
    for (var page : PAGES) {
      open(page);

      assertThat(browser.obstacles()).as(page).isEmpty();
    }
  }
}
