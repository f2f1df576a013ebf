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
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs h2spec, which others wrote, against the edge: its 146 cases of RFC 7540 and RFC 7541. */
class H2SpecTest {

  private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
  private static final int TAR_BLOCK = 512;
  private static final Pattern FAILED = Pattern.compile("\u00d7 \\d+: (.*)");

  /*
   * What Jetty does in its own way. A malformed request is answered with 400 on its stream, where h2spec
   * wants the stream reset; DATA on a closed stream is dropped without a word; and on a port that speaks
   * HTTP/1.1 too, what does not begin with the preface is answered in that.
   */
  private static final Pattern JETTYS_OWN_WAY = Pattern.compile(
      "Sends a HEADERS frame (that contains|that omits|with empty|with duplicated) .*"
          + "|closed: Sends a DATA frame.*"
          + "|Sends invalid connection preface");

  private static final Pattern RESULT =
      Pattern.compile("(\\d+) tests, (\\d+) passed, (\\d+) skipped, (\\d+) failed");

  @Test
  @Tag("stress") // it waits for much that does not come
  @Timeout(240)
  void findsNothingBeyondWhatIsKnown(@TempDir Path folder) throws Exception {
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
      var process = new ProcessBuilder(
              program.toString(), "-h", "127.0.0.1", "-p", Integer.toString(edge.port()), "-o", "5")
          .redirectErrorStream(true)
          .start();
      output = new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    var result = RESULT.matcher(output);
    assertThat(result.find()).as(output).isTrue();
    assertThat(Integer.parseInt(result.group(1))).as(output).isGreaterThan(140);
    var failures = output.substring(Math.max(0, output.indexOf("Failures:")));
    var failed =
        FAILED.matcher(failures).results().map(each -> each.group(1).strip()).toList();
    assertThat(failed).as(failures).allMatch(JETTYS_OWN_WAY.asMatchPredicate());
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
