package dev.touchstone.examples.clients.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, run. */
class SnippetsTest {

  @TempDir
  Path folder;

  @Test
  void queries() throws Exception {
    try (var server = PrometheusServer.start(folder)) {
      var url = server.url();
      var noon = PrometheusServer.NOON;
      // @start region="queries"
      try (var prometheus = Prometheus.connect(url)) {
        var hardest = switch (prometheus.query("max(hardness)", noon)) {
          case QueryResult.Vector vector -> vector.result().getFirst().value().value();
          case QueryResult.Scalar scalar -> scalar.result().value();
          case QueryResult.Matrix matrix -> Double.NaN;
          case QueryResult.Text text -> Double.NaN;
        };
        var range = new Range(noon, noon.plusSeconds(60), Duration.ofSeconds(15));
        var curves = prometheus.queryRange("avg by (stone) (hardness)", range);
        // @end
        assertThat(hardest).isEqualTo(6.5);
        assertThat(curves).hasSize(2);
      }
    }
  }
}
