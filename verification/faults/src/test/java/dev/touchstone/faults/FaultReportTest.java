package dev.touchstone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FaultReportTest {

  private static final Path PAGE = Path.of("../../docs/benchmarks/http-faults.md");

  private static final List<String> OURS = List.of(
      "1", // POST on a dropped connection
      "1", // POST, 500
      "1", // POST, 408
      "1", // POST, 503 with Retry-After: 0
      "1", // GET, absurd Retry-After
      "ServerErrorException",
      "1", // GET, Retry-After of an hour
      "ServerErrorException",
      "the answer", // GET, cut in the middle
      "1", // cancelled
      "1", // 50 times 401
      "1", // 1,000 times 401
      "none", // credentials on a redirect
      "no"); // body on a redirect

  @Test
  void ourColumnIsWhatTheClientDoes() throws Exception {
    assertThat(FaultReport.column(TouchstonePeer::new)).isEqualTo(OURS);
  }

  @Test
  void ourColumnIsWhatThePageSays() throws IOException {
    var rows = Files.readString(PAGE)
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(row -> row.split("\\|"))
        .map(cells -> cells[cells.length - 1].strip());

    assertThat(rows).containsExactlyElementsOf(OURS);
  }

  @Test
  @Tag("stress")
  @Timeout(240)
  void thePageIsWhatAllTheClientsDoToday() throws Exception {
    assertThat(Files.readString(PAGE)).contains(FaultReport.table());
  }
}
