package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultipartBodyTest extends ServerTest {

  @TempDir
  private Path directory;

  @Test
  void hasAPartForEachFieldAndFile() throws IOException {
    var file = Files.writeString(directory.resolve("a.csv"), "1,2");
    var body = MultipartBody.builder()
        .field("title", "Größe")
        .file("data", file, "text/csv")
        .build();

    assertThat(text(body))
        .isEqualTo(lines(
            "--B",
            "Content-Disposition: form-data; name=\"title\"",
            "",
            "Größe",
            "--B",
            "Content-Disposition: form-data; name=\"data\"; filename=\"a.csv\"",
            "Content-Type: text/csv",
            "",
            "1,2",
            "--B--"));
  }

  @Test
  void namesNoMediaTypeThatIsNotKnown() throws IOException {
    var body = MultipartBody.builder()
        .part("a", "b", BodySource.of("", new byte[] {'c'}))
        .build();

    assertThat(text(body))
        .isEqualTo(lines(
            "--B", "Content-Disposition: form-data; name=\"a\"; filename=\"b\"", "", "c", "--B--"));
  }

  @Test
  void knowsItsLengthIfItsPartsDo() throws IOException {
    var file = Files.writeString(directory.resolve("a"), "123");
    var known = MultipartBody.builder().field("ä", "ö").file("f", file, "a/b");

    assertThat(known.build().length()).isEqualTo(bytes(known.build()).length);
    assertThat(known.part("s", "s", once()).build().length()).isEqualTo(-1);
  }

  @Test
  void canBeSentAgainIfItsPartsCan() {
    var body = MultipartBody.builder().field("a", "b");

    assertThat(body.build().isReplayable()).isTrue();
    assertThat(body.part("s", "s", once()).build().isReplayable()).isFalse();
  }

  @Test
  void hasABoundaryThatNobodyCanKnow() {
    var body = MultipartBody.builder().field("a", "b");

    assertThat(body.build().contentType())
        .matches("multipart/form-data; boundary=[0-9a-f]{40}")
        .isNotEqualTo(body.build().contentType());
  }

  @Test
  void letsNoNameEndItsHeader() throws IOException {
    var body = MultipartBody.builder()
        .part("a\"b\r\nX: y", "c\nd", BodySource.of("a/b", new byte[0]))
        .build();

    assertThat(text(body)).contains("; name=\"a%22b%0D%0AX: y\"; filename=\"c%0Ad\"\r\n");
  }

  @Test
  void refusesWhatCannotBeSent() {
    assertThatIllegalStateException()
        .isThrownBy(() -> MultipartBody.builder().build())
        .withMessage("a multipart body needs a part; add a field or a file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultipartBody.builder().file("a", Path.of("/"), "a/b"))
        .withMessage("file must have a name, was /");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            MultipartBody.builder().part("a", "b", BodySource.of("a/b\r\nX: y", new byte[0])));
  }

  @Test
  void readsAFilePieceByPiece() throws IOException {
    var large = directory.resolve("large");
    try (var file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    var body = MultipartBody.builder().file("f", large, "a/b").build();
    var largest = new AtomicInteger();
    var written = new AtomicLong();

    body.writeTo(new OutputStream() {
      @Override
      public void write(int b) {}

      @Override
      public void write(byte[] bytes, int offset, int length) {
        largest.accumulateAndGet(bytes.length, Math::max);
        written.addAndGet(length);
      }
    });

    assertThat(largest).hasValueLessThan(1 << 20);
    assertThat(written).hasValue(body.length());
  }

  @Test
  void isSentAgainByARetry() throws IOException {
    enqueue(status(503), status(204));
    var file = Files.writeString(directory.resolve("a.csv"), "1,2");
    var body = MultipartBody.builder().file("data", file, "text/csv").build();

    client().send(ApiRequest.put("a").body(body).discard());

    var first = taken();
    assertThat(taken().getBody()).isEqualTo(first.getBody()).isNotNull();
    assertThat(first.getHeaders().get("Content-Length")).isEqualTo(Long.toString(body.length()));
  }

  @Test
  void saysThatAFileIsMissing() {
    var body =
        MultipartBody.builder().file("f", directory.resolve("none"), "a/b").build();

    assertThatThrownBy(() -> client().send(ApiRequest.put("a").body(body).discard()))
        .isInstanceOf(TransportException.class)
        .hasMessage("PUT a: the body could not be sent (NoSuchFileException); check its length and"
            + " its source; not retried: it would fail again");
  }

  private static BodySource once() {
    return BodySource.once("a/b", () -> new ByteArrayInputStream(new byte[1]));
  }

  private static byte[] bytes(BodySource body) throws IOException {
    var out = new ByteArrayOutputStream();
    body.writeTo(out);
    return out.toByteArray();
  }

  private static String text(BodySource body) throws IOException {
    var boundary = body.contentType().replaceFirst(".*=", "");
    return new String(bytes(body), UTF_8).replace(boundary, "B");
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }
}
