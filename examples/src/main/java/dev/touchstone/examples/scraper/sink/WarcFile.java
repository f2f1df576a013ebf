package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.fetch.Exchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcDigest;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcTruncationReason;
import org.netpreserve.jwarc.WarcWriter;
import org.netpreserve.jwarc.Warcinfo;
import org.netpreserve.jwarc.cdx.CdxFormat;

/**
 * Writes answers into a web archive, each record compressed for itself, and, if wanted, an index of it in
 * CDXJ. The lines of the index are in the order of the crawl: {@code LC_ALL=C sort} them for a program
 * that searches in them.
 *
 * <p>The body is archived as it came over the network, but without the chunks that it came in.
 *
 * <p><b>Source:</b> ISO 28500:2017 (WARC 1.1), with annex D on compression.
 */
public final class WarcFile implements Sink {

  /** Headers about the transfer, which is over; the archived body is in one piece. */
  private static final Set<String> OF_THE_TRANSFER =
      Set.of("transfer-encoding", "content-length", "connection", "keep-alive", "trailer");

  private final OutputFiles.Output file;
  private final Optional<OutputFiles.Output> index;

  /**
   * Creates a sink that appends to a file, which begins with a record about the crawl if it is empty.
   *
   * @param file whose name should end in {@code .warc.gz}
   * @param index where the index goes, if one is wanted
   * @param software what the archive says it was made by
   */
  public WarcFile(OutputFiles.Output file, Optional<OutputFiles.Output> index, String software) {
    this.file = requireNonNull(file, "file");
    this.index = requireNonNull(index, "index");
    if (file.length() == 0) {
      file.append(compressed(new Warcinfo.Builder()
          .fields(
              Map.of(
                  "software", List.of(software),
                  "format", List.of("WARC File Format 1.1"),
                  "conformsTo",
                      List.of(
                          "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/")))
          .build()));
    }
  }

  @Override
  public void write(Finding finding) {
    finding.exchange().ifPresent(exchange -> {
      var position = file.length();
      var record = compressed(record(exchange));
      file.append(record);
      index.ifPresent(lines -> lines.append(line(record, position) + "\n"));
    });
  }

  private static WarcRecord record(Exchange exchange) {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(exchange.headers());
    headers.keySet().removeIf(name -> OF_THE_TRANSFER.contains(name.toLowerCase(Locale.ROOT)));
    var contentType = headers.remove("Content-Type");
    var body = Channels.newChannel(new ByteArrayInputStream(exchange.body()));
    var http = new HttpResponse.Builder(exchange.status(), "")
        .addHeaders(headers)
        .body(MediaType.OCTET_STREAM, body, exchange.body().length);
    if (contentType != null) {
      http.setHeader("Content-Type", contentType.getFirst());
    }
    try {
      var record = new WarcResponse.Builder(exchange.address())
          .date(exchange.at().truncatedTo(ChronoUnit.MILLIS))
          .payloadDigest(new WarcDigest("sha1", sha1(exchange.body())));
      if (exchange.isCut()) {
        record.truncated(WarcTruncationReason.LENGTH);
      }
      return record.body(http.build()).build();
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
  }

  private static byte[] sha1(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static byte[] compressed(WarcRecord record) {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new WarcWriter(Channels.newChannel(bytes), WarcCompression.GZIP)) {
      writer.write(record);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return bytes.toByteArray();
  }

  private String line(byte[] compressed, long position) {
    try (var reader = new WarcReader(new ByteArrayInputStream(compressed))) {
      var record = (WarcResponse) reader.next().orElseThrow();
      return CdxFormat.CDXJ.format(record, file.name(), position, compressed.length);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
  }
}
