package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.clients.RealServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The real Chromium of this machine, without a window.
 *
 * <p>Where it is not installed the tests of the class are skipped, with a line on standard error; where
 * {@code TOUCHSTONE_REAL_SERVERS} is {@code required} they fail.
 */
public final class Browser implements AutoCloseable {

  /** How wide a window is. */
  public enum Screen {
    /** A window on a desk. */
    DESKTOP(1280, 900),
    /** A telephone. */
    TELEPHONE(390, 844);

    private final int width;
    private final int height;

    Screen(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts a browser.
   *
   * @param profile an empty folder for what it keeps
   */
  public static Browser open(Path profile) {
    SELENIUM.setLevel(
        Level.SEVERE); // it warns that it cannot speak the newest development protocol
    var chromium = RealServer.find("chromium");
    var driver = RealServer.find("chromedriver", "chromium-driver");
    var options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + profile);
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    var service = new ChromeDriverService.Builder()
        .usingDriverExecutable(driver.toFile())
        .usingAnyFreePort()
        .build();
    var browser = new Browser(new ChromeDriver(service, options));
    browser.show(Screen.DESKTOP);
    return browser;
  }

  /** Gives the window a size. */
  public void show(Screen screen) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            screen.width,
            "height",
            screen.height,
            "deviceScaleFactor",
            1,
            "mobile",
            screen == Screen.TELEPHONE));
  }

  /** Says whether the user prefers {@code light} or {@code dark}. */
  public void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Keeps pages from running scripts, or lets them again. */
  public void runScripts(boolean run) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  /** Goes to an address. */
  public void open(URI address) {
    driver.get(address.toString());
  }

  /** Forgets every cookie and what pages keep. */
  public void forget() {
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeScript("localStorage.clear(); sessionStorage.clear();");
  }

  public ChromeDriver driver() {
    return driver;
  }

  public WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** Runs a script in the page. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Presses a key while nothing in particular has the focus. */
  public void press(CharSequence key) {
    new Actions(driver).sendKeys(key).perform(); // whatever has the focus, even if it is going away
  }

  /** Waits until an element reads so. */
  public void awaitText(String css, String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(find(css).getText()).contains(text));
  }

  /** Half a megabyte, so only if the page does not have it yet. */
  private void loadAxe() {
    if (Boolean.TRUE.equals(run("return 'axe' in window"))) {
      return;
    }
    try (var axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says what keeps people from using the page, in no order; nothing, it is to be hoped. */
  @SuppressWarnings("unchecked")
  public List<String> obstacles() {
    loadAxe();
    return (List<String>) driver.executeAsyncScript("""
        const done = arguments[arguments.length - 1];
        axe.run({resultTypes: ['violations']}).then(
            found => done(found.violations.flatMap(violation => violation.nodes.map(
                node => violation.id + ': ' + node.html + ': ' + node.failureSummary))),
            failure => done([String(failure)]));
        """);
  }

  /** Returns what the browser complained about since it was asked last. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(Object::toString)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
