package dev.touchstone.examples.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.tools.ValidateTool;
import tools.jackson.databind.json.JsonMapper;

/** Looks at what a {@link KilledCrawl} has written. */
final class Outputs {

  private Outputs() {}

  /** Checks that each output has each page once, and nothing by half. */
  static void areWhole(Path folder, List<String> pages) throws Exception {
    assertThat(csv(folder)).containsExactlyInAnyOrderElementsOf(pages);
    assertThat(table(folder)).containsExactlyInAnyOrderElementsOf(pages);
    assertThat(archive(folder)).containsExactlyInAnyOrderElementsOf(pages);
    theArchiveIsValid(folder);
    theIndexLeadsToItsRecords(folder, pages);
  }

  private static List<String> csv(Path folder) throws IOException {
    var lines = Files.readString(folder.resolve("items.csv")).split("\r\n");
    assertThat(lines[0]).isEqualTo("url,title,links");
    return List.of(lines).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }

  private static List<String> table(Path folder) throws SQLException {
    var pages = new ArrayList<String>();
    try (var database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("crawl/crawl.db"));
        var statement = database.createStatement();
        var rows = statement.executeQuery(
            "SELECT u.address, i.title FROM item_page i JOIN url u ON u.id = i.page")) {
      while (rows.next()) {
        assertThat(rows.getString(2)).startsWith("Page ");
        pages.add(rows.getString(1));
      }
    }
    return pages;
  }

  private static List<String> archive(Path folder) throws IOException {
    var pages = new ArrayList<String>();
    try (var reader = new WarcReader(folder.resolve("archive.warc.gz"))) {
      Consumer<String> warning = text -> assertThat(text).isNull();
      reader.onWarning(warning);
      for (var record : reader) {
        if (record instanceof WarcResponse response) {
          assertThat(response.http().status()).isEqualTo(200);
          pages.add(response.target());
        }
      }
    }
    return pages;
  }

  private static void theArchiveIsValid(Path folder) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var log = folder.resolve("validation").toFile();
    var process = new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            ValidateTool.class.getName(),
            "-v",
            folder.resolve("archive.warc.gz").toString())
        .redirectErrorStream(true)
        .redirectOutput(log)
        .start();
    assertThat(process.waitFor()).as(() -> read(log.toPath())).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Each line holds a sort key, a time and an object in JSON. */
  private static void theIndexLeadsToItsRecords(Path folder, List<String> pages)
      throws IOException {
    var found = new ArrayList<String>();
    for (var line : Files.readAllLines(folder.resolve("archive.cdxj"))) {
      var entry = JsonMapper.shared().readTree(line.substring(line.indexOf('{')));
      try (var archive = FileChannel.open(folder.resolve("archive.warc.gz"))) {
        archive.position(Long.parseLong(entry.get("offset").asString()));
        var record = (WarcResponse) new WarcReader(archive).next().orElseThrow();
        assertThat(record.target()).isEqualTo(entry.get("url").asString());
        found.add(record.target());
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(pages);
  }
}
