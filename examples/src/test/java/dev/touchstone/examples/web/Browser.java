package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.clients.RealServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.io.TemporaryFilesystem;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The real Chromium of this machine, without a window: one for all tests of a class, of which it is a
 * static field that is registered as an extension.
 *
 * <p>Where it is not installed the tests of the class are skipped, with a line on standard error; where
 * {@code TOUCHSTONE_REAL_SERVERS} is {@code required} they fail.
 */
public final class Browser implements BeforeAllCallback {

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

  private ChromeDriver driver;

  /** A browser that runs, and the folder for what it keeps. */
  private record Running(ChromeDriver driver, File profile) implements AutoCloseable {

    @Override
    public void close() {
      driver.quit();
      TemporaryFilesystem.getDefaultTmpFS().deleteTempDir(profile);
    }
  }

  /* Is called for nested classes, too, which find the browser of the class around them. JUnit closes it. */
  @Override
  public void beforeAll(ExtensionContext context) {
    var kept = context.getStore(Namespace.create(Browser.class));
    driver = kept.computeIfAbsent("running", key -> start(), Running.class).driver();
  }

  private static Running start() {
    SELENIUM.setLevel(
        Level.SEVERE); // it warns that it cannot speak the newest development protocol
    var chromium = RealServer.find("chromium");
    var driver = RealServer.find("chromedriver", "chromium-driver");
    var profile = TemporaryFilesystem.getDefaultTmpFS().createTempDir("browser", "profile");
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
    return new Running(new ChromeDriver(service, options), profile);
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

  /**
   * Goes to the first address of a test: in a window on a desk, for a user who prefers light, and
   * without what was complained of in the test before, whose server is gone.
   */
  public void begin(URI address) {
    show(Screen.DESKTOP);
    prefer("light");
    open(address);
    complaints();
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

  /**
   * Says what keeps people from using the page, in no order; nothing, it is to be hoped. A page that has
   * to be scrolled from side to side counts, too.
   */
  @SuppressWarnings("unchecked")
  public List<String> obstacles() {
    loadAxe();
    return (List<String>) driver.executeAsyncScript("""
        const done = arguments[arguments.length - 1];
        const page = document.documentElement;
        const tooWide = page.scrollWidth - page.clientWidth;
        const scrolling = tooWide === 0 ? [] : ['the page is wider than the window by ' + tooWide];
        axe.run({resultTypes: ['violations']}).then(
            found => done(scrolling.concat(found.violations.flatMap(violation => violation.nodes.map(
                node => violation.id + ': ' + node.html + ': ' + node.failureSummary)))),
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
}
