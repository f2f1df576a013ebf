package dev.touchstone.examples.scraper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.touchstone.examples.scraper.sink.OutputException;
import dev.touchstone.examples.scraper.sink.OutputFiles;
import dev.touchstone.examples.scraper.sink.Sink;
import dev.touchstone.examples.scraper.sink.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrawlHomeTest {

  @TempDir
  private Path folder;

  private CrawlHome create(Function<OutputFiles, List<Sink>> sinks) {
    return CrawlHome.create(folder.resolve("crawl"), Storage.disk(), sinks);
  }

  private static List<Sink> sinks(OutputFiles files) {
    files.open("out.jsonl");
    return List.of();
  }

  @Test
  void touchesNothingOfACrawlThatIsUnderWay() throws Exception {
    try (var home = create(CrawlHomeTest::sinks)) {
      home.files().open("out.jsonl").append("{\"url\":\"http://a.example/\"}\n");
      home.files().force();

      assertThatExceptionOfType(CrawlHomeException.class)
          .isThrownBy(() -> create(CrawlHomeTest::sinks))
          .withMessage(
              "a crawl is under way in " + folder.resolve("crawl") + "; wait for it or stop it");

      assertThat(folder.resolve("out.jsonl")).hasContent("{\"url\":\"http://a.example/\"}");
      assertThat(home.frontier().waiting()).isZero();
    }
  }

  @Test
  void leavesNoFolderBehindWhereAnOutputCannotBeOpened() throws Exception {
    Files.createDirectory(folder.resolve("out.jsonl"));

    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> create(CrawlHomeTest::sinks))
        .withMessage("cannot write " + folder.resolve("out.jsonl") + ": it is a folder");

    assertThat(folder.resolve("crawl")).doesNotExist();
  }

  @Test
  void keepsTheFolderThatWasThere() throws Exception {
    create(CrawlHomeTest::sinks).close();
    Files.delete(folder.resolve("out.jsonl"));
    Files.createDirectory(folder.resolve("out.jsonl"));

    assertThatExceptionOfType(OutputException.class).isThrownBy(() -> create(CrawlHomeTest::sinks));

    assertThat(CrawlHome.database(folder.resolve("crawl"))).exists();
  }
}
