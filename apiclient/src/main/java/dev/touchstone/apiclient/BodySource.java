package dev.touchstone.apiclient;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The content of a request. For forms with files see {@link MultipartBody}.
 *
 * <p>Whether it can be sent a second time is a property of the content, never guessed: a request
 * whose body is not replayable is not retried once a byte of it was asked for.
 */
public interface BodySource {

  /**
   * Returns the media type, such as {@code text/csv; charset=utf-8}; empty if it is not known, or a
   * header field of the request says it.
   */
  String contentType();

  /** Returns the number of bytes, or -1 if it is not known. The default is -1. */
  default long length() {
    return -1;
  }

  /** Returns whether {@link #writeTo} may be called more than once. The default is true. */
  default boolean isReplayable() {
    return true;
  }

  /**
   * Writes the content; called once per attempt.
   *
   * @param sink where to; not to be closed
   * @throws IOException if the content cannot be read, or the sink fails
   */
  void writeTo(OutputStream sink) throws IOException;

  /** Returns a replayable body of the given bytes, which are copied. */
  static BodySource of(String contentType, byte[] content) {
    return new BytesBody(
        requireNonNull(contentType, "contentType"),
        requireNonNull(content, "content").clone());
  }

  /** Returns a replayable body of the given text in UTF-8, as {@code text/plain}. */
  static BodySource of(String text) {
    var bytes = requireNonNull(text, "text").getBytes(UTF_8);
    return new BytesBody("text/plain; charset=utf-8", bytes);
  }

  /** Returns a replayable body of form fields, as {@code application/x-www-form-urlencoded}. */
  static BodySource form(Map<String, String> fields) {
    var text = fields.entrySet().stream()
        .map(field -> encode(field.getKey(), UTF_8) + "=" + encode(field.getValue(), UTF_8))
        .collect(joining("&"));
    return new BytesBody("application/x-www-form-urlencoded", text.getBytes(UTF_8));
  }

  /**
   * Returns a replayable body that is read from a file for each attempt, piece by piece. If the file
   * changes its length while it is sent, the attempt fails.
   */
  static BodySource of(String contentType, Path file) {
    return new FileBody(requireNonNull(contentType, "contentType"), requireNonNull(file, "file"));
  }

  /**
   * Returns a body that can be sent once.
   *
   * @param content asked for one stream, which is closed after it was sent
   */
  static BodySource once(String contentType, Supplier<? extends InputStream> content) {
    return new OneShotBody(
        requireNonNull(contentType, "contentType"), requireNonNull(content, "content"));
  }
}
