package dev.touchstone.examples.clients.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.clients.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The real server, with a little data of one day that never changes. */
public final class PrometheusServer {

  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private PrometheusServer() {}

  public static RealServer start(Path folder) throws Exception {
    var noon = NOON.getEpochSecond();
    var samples = Files.writeString(folder.resolve("samples"), """
        # TYPE hardness gauge
        hardness{stone="agate"} 6.5 %1$d
        hardness{stone="agate"} 7 %2$d
        hardness{stone="talc"} 1 %1$d
        hardness{stone="talc"} NaN %2$d
        # EOF
        """.formatted(noon, noon + 15));
    var data = folder.resolve("data");
    var promtool = RealServer.find("promtool", "prometheus");
    var importing = new ProcessBuilder(
            promtool.toString(),
            "tsdb",
            "create-blocks-from",
            "openmetrics",
            samples.toString(),
            data.toString())
        .redirectErrorStream(true)
        .start();
    var said = new String(importing.getInputStream().readAllBytes());
    assertThat(importing.waitFor()).as(said).isZero();

    var settings = Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: []\n");
    return RealServer.start(
        "prometheus",
        "Server is ready",
        "--config.file=" + settings,
        "--storage.tsdb.path=" + data,
        "--storage.tsdb.retention.time=100y",
        "--web.listen-address=127.0.0.1:0");
  }
}
