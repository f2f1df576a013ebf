package dev.touchstone.examples.scraper.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

  @TempDir
  private Path folder;

  private OutputFiles files(Map<String, Long> committed) {
    return new OutputFiles(folder, Storage.disk(), committed);
  }

  @Test
  void saysHowLongItsFilesAre() throws IOException {
    try (var files = files(Map.of())) {
      files.open("a").append("one\n");
      files.open("a").append("two\n");
      files.open("b");

      assertThat(files.force()).isEqualTo(Map.of("a", 8L, "b", 0L));
      assertThat(folder.resolve("a")).hasContent("one\ntwo\n");
    }
  }

  @Test
  void cutsFilesBackToTheLastCommit() throws IOException {
    Files.writeString(folder.resolve("a"), "one\ntwo\nhal");
    try (var files = files(Map.of("a", 8L))) {
      files.open("a").append("three\n");
      files.force();
    }

    assertThat(folder.resolve("a")).hasContent("one\ntwo\nthree\n");
  }

  @Test
  void takesPiecesLargerThanItsBuffer() throws IOException {
    var large = "x".repeat(100_000);
    try (var files = files(Map.of())) {
      files.open("a").append("small\n");
      files.open("a").append(large);
      files.open("a").append("small\n");
    }

    assertThat(folder.resolve("a")).hasContent("small\n" + large + "small\n");
  }

  @Test
  void doesNotGoOnWithAFileThatIsTooShort() throws IOException {
    Files.writeString(folder.resolve("a"), "one\n");
    try (var files = files(Map.of("a", 1_000L))) {
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(() -> files.open("a"))
          .withMessage(
              "cannot write " + folder.resolve("a")
                  + ": the crawl has written 1,000 bytes to it, and it has 4: it was changed since; put it back, or start the crawl anew");
    }
  }

  @Test
  void saysWhatIsInTheWay() {
    try (var files = files(Map.of())) {
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(() -> files.open("."))
          .withMessageEndingWith(": it is a folder");
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(() -> files.open("/dev/null"))
          .withMessage("cannot write /dev/null: it is not a regular file");
    }
  }
}
