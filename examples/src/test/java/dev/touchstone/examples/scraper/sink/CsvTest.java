package dev.touchstone.examples.scraper.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void endsLinesWithBoth() {
    assertThat(Csv.line(List.of("a", 1, 2.5))).isEqualTo("a,1,2.5\r\n");
  }

  @Test
  void quotesWhatWouldBreakTheLine() {
    assertThat(Csv.line(List.of("a,b", "say \"hi\"", "two\nlines", "cr\r")))
        .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\"\r\n");
  }

  @Test
  void leavesWhatIsNotThereEmpty() {
    assertThat(Csv.line(Arrays.asList(null, "", "x"))).isEqualTo(",,x\r\n");
  }

  @Nested
  class Structures {

    @Test
    void areWrittenAsJson() {
      assertThat(Csv.line(List.of(List.of("a", "b"), Map.of("k", 1))))
          .isEqualTo("\"[\"\"a\"\",\"\"b\"\"]\",\"{\"\"k\"\":1}\"\r\n");
    }
  }
}
