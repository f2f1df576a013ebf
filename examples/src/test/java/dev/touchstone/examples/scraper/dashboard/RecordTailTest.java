package dev.touchstone.examples.scraper.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.scraper.dashboard.RecordTail.Fill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordTailTest {

  @TempDir
  private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("items.jsonl"), content);
  }

  @Test
  void readsWhatIsCommitted() throws IOException {
    var committed =
        "{\"a\":\"x\",\"b\":1}\n{\"a\":\"<y>\",\"b\":null,\"c\":[1,{\"d\":\"\"}],\"e\":\"\"}\n";

    var tail = RecordTail.read(file(committed + "{\"a\":\"not yet"), committed.length())
        .orElseThrow();

    assertThat(tail.records())
        .containsExactly(Map.of("a", "x", "b", "1"), Map.of("a", "<y>", "c", "[1,{\"d\":\"\"}]"));
    assertThat(tail.fills())
        .containsExactly(
            Map.entry("a", new Fill(2, "<y>")),
            Map.entry("b", new Fill(1, "1")),
            Map.entry("c", new Fill(1, "[1,{\"d\":\"\"}]")));
  }

  @Test
  void readsNoMoreThanTheEndOfALargeFile() throws IOException {
    var content = new StringBuilder();
    for (var i = 0; i < 20_000; i++) {
      content.append("{\"number\":").append(i).append(",\"text\":\"ä 💎\"}\n");
    }
    var file = file(content.toString());

    var records = RecordTail.read(file, Files.size(file)).orElseThrow().records();

    assertThat(records).hasSizeBetween(1_000, 10_000);
    assertThat(records.getLast()).isEqualTo(Map.of("number", "19999", "text", "ä 💎"));
    assertThat(records).allSatisfy(record -> assertThat(record).hasSize(2));
  }

  @Test
  void leavesOutWhatIsNoRecord() throws IOException {
    var file = file("nonsense\n[1]\n\n{\"a\":1}\n");

    assertThat(RecordTail.read(file, Files.size(file)).orElseThrow().records())
        .containsExactly(Map.of("a", "1"));
  }

  @Test
  void isEmptyWhereThereIsNoFile() {
    assertThat(RecordTail.read(folder.resolve("gone.jsonl"), 10)).isEmpty();
  }

  @Test
  void readsAFileThatHasBecomeShorter() throws IOException {
    assertThat(RecordTail.read(file("{\"a\":1}\n"), 1_000).orElseThrow().records())
        .hasSize(1);
    assertThat(RecordTail.read(file(""), 1_000_000_000_000L).orElseThrow().records())
        .isEmpty();
  }
}
