package dev.touchstone.examples.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs h2spec, which others wrote, against the edge: its cases of RFC 7540 and RFC 7541. */
class H2SpecTest {

  private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
  private static final int TAR_BLOCK = 512;
  private static final String SECONDS_FOR_A_CASE = "10"; // none needs more than a moment

  @Test
  @Timeout(240)
  void findsNothingWrong(@TempDir Path folder) throws Exception {
    var isBuiltForThis = System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
    if (!isBuiltForThis) {
      System.err.println("SKIPPED: h2spec comes for Linux on amd64 only");
    }
    Assumptions.assumeTrue(isBuiltForThis);
    var program = unpack(folder.resolve("h2spec"));
    var route = Route.of("*", "/{path*}", exchange -> {
      exchange.body().transferTo(OutputStream.nullOutputStream());
      exchange.reply(200, HttpFields.EMPTY, "hello".getBytes(UTF_8));
    });

    String output;
    try (var edge = Edge.open(
        EdgeOptions.DEFAULT, new CurrentRoutes(RouteTable.of(List.of(route))), request -> {})) {
      output = run(program, edge.port());
    }

    assertThat(output.stripTrailing().lines().toList().getLast())
        .as(output)
        .isEqualTo("145 tests, 145 passed, 0 skipped, 0 failed");
  }

  private static String run(Path program, int port) throws IOException {
    var process = new ProcessBuilder(
            program.toString(),
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-o",
            SECONDS_FOR_A_CASE)
        .redirectErrorStream(true)
        .start();
    try {
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  /* The archive has one file, and the first block of a tar says how long it is. */
  private static Path unpack(Path to) throws IOException {
    try (InputStream packed = H2SpecTest.class.getResourceAsStream(ARCHIVE)) {
      assertThat(packed).as(ARCHIVE).isNotNull();
      var tar = new GZIPInputStream(packed);
      var header = new String(tar.readNBytes(TAR_BLOCK), UTF_8);
      var length = Integer.parseInt(header.substring(124, 135).strip(), 8);
      Files.write(to, tar.readNBytes(length));
    }
    assertThat(to.toFile().setExecutable(true)).isTrue();
    return to;
  }
}
