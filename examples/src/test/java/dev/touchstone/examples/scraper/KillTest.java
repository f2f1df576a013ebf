package dev.touchstone.examples.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A crawl in a process of its own is killed with SIGKILL at random moments and resumed: nothing may be
 * lost, nothing be there twice, no line be broken.
 */
class KillTest {

  /** What a crawl forces in each commit. */
  private static final int FILES = 4;

  @TempDir
  private Path folder;

  private final Random random = new Random();

  @RepeatedTest(3)
  @Timeout(120)
  void losesNothingAndRepeatsNothing() throws Exception {
    survives(400, 2);
  }

  @Tag("stress")
  @RepeatedTest(20)
  @Timeout(600)
  void losesNothingAndRepeatsNothingOfALargeSite() throws Exception {
    survives(5_000, 5);
  }

  /** Files are on the disk, or some of them are, and the database does not know of it. */
  @Test
  @Timeout(120)
  void losesNothingAndRepeatsNothingWhenItDiesInsideACommit() throws Exception {
    try (var site = LinkedSite.open(300)) {
      for (var file = 1; file <= 3; file++) { // of the first commit but one of its run
        assertThat(crawl(site, String.valueOf(FILES + file)).waitFor())
            .as(log())
            .isEqualTo(137);
      }
      everythingIsThereOnce(site);
    }
  }

  private void survives(int pages, int kills) throws Exception {
    try (var site = LinkedSite.open(pages)) {
      for (var kill = 0; kill < kills; kill++) {
        var enough = site.after(1 + random.nextInt(pages / kills));
        var process = crawl(site);
        while (!enough.await(20, TimeUnit.MILLISECONDS) && process.isAlive()) {
          // Either comes.
        }
        process.destroyForcibly().waitFor();
        everyLineButTheLastIsWhole();
      }
      everythingIsThereOnce(site);
    }
  }

  private void everythingIsThereOnce(LinkedSite site) throws Exception {
    assertThat(crawl(site).waitFor()).as(log()).isZero();

    assertThat(Files.readAllLines(out()).stream().map(KillTest::address))
        .containsExactlyInAnyOrderElementsOf(addresses(site));
    Outputs.areWhole(folder, addresses(site));
  }

  private static List<String> addresses(LinkedSite site) {
    return IntStream.range(0, site.pages())
        .mapToObj(number -> site.page(number).toString())
        .toList();
  }

  private Process crawl(LinkedSite site, String... more) throws IOException {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        KilledCrawl.class.getName(),
        folder.resolve("crawl").toString(),
        site.uri().toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private Path out() {
    return folder.resolve("out.jsonl");
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private void everyLineButTheLastIsWhole() throws IOException {
    if (Files.exists(out())) {
      var text = Files.readString(out());
      text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(KillTest::address);
    }
  }

  private static String address(String line) {
    return JsonMapper.shared().readTree(line).get("url").asString();
  }
}
