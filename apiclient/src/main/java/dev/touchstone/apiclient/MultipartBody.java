package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A form with files, as {@code multipart/form-data}. Parts are written one after the other; none is
 * held in memory that was not there already.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="multipart"}
 *
 * <p>It can be sent again if all its parts can. Instances are immutable and safe for use by several
 * threads if the bodies of the parts are.
 *
 * <p><b>Source:</b> RFC 7578; the escapes in names are those of the HTML standard, section "Multipart
 * form data".
 */
public final class MultipartBody implements BodySource {

  /*
   * The boundary is 160 random bits, drawn for each body: no content can hold it except one that has
   * been told it, and whoever sends that had the whole body before. What comes from the caller and
   * stands beside the boundary, names and media types, cannot hold a line break.
   */

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] LINE_BREAK = {'\r', '\n'};

  /** The header of a part, up to the empty line, and what follows it. */
  private record Part(BytesBody header, BodySource content) {}

  private final String boundary;
  private final byte[] end;
  private final List<Part> parts;

  private MultipartBody(List<Part> parts) {
    var bits = new byte[20];
    RANDOM.nextBytes(bits);
    boundary = HexFormat.of().formatHex(bits);
    end = ("--" + boundary + "--\r\n").getBytes(UTF_8);
    this.parts = parts;
  }

  /** Returns a builder with no parts. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** Returns the number of bytes; -1 if it is not known of a part. */
  @Override
  public long length() {
    long length = end.length;
    for (var part : parts) {
      var content = part.content.length();
      if (content < 0) {
        return -1;
      }
      // "--", the boundary, a line break; the header; the content, a line break.
      length += 2 + boundary.length() + 2 + part.header.length() + content + 2;
    }
    return length;
  }

  /** Returns whether all parts can be sent again. */
  @Override
  public boolean isReplayable() {
    return parts.stream().allMatch(part -> part.content.isReplayable());
  }

  @Override
  public void writeTo(OutputStream sink) throws IOException {
    for (var part : parts) {
      sink.write(end, 0, 2 + boundary.length());
      sink.write(LINE_BREAK);
      part.header.writeTo(sink);
      part.content.writeTo(sink);
      sink.write(LINE_BREAK);
    }
    sink.write(end);
  }

  /** Returns the number of parts. */
  @Override
  public String toString() {
    return "MultipartBody[" + parts.size() + " parts]";
  }

  /** Builds a {@link MultipartBody}. Reusable after a build; not for several threads. */
  public static final class Builder {

    private final List<Part> parts = new ArrayList<>();

    private Builder() {}

    /** Adds a field of text. */
    public Builder field(String name, String value) {
      requireNonNull(name, "name");
      return add(
          name, null, null, new BytesBody("", requireNonNull(value, "value").getBytes(UTF_8)));
    }

    /**
     * Adds a file under its own name. It is read when the body is sent.
     *
     * @param contentType the media type, such as {@code image/png}
     * @throws IllegalArgumentException if {@code file} has no name, or {@code contentType} has a
     *     character that is not allowed in a header
     */
    public Builder file(String name, Path file, String contentType) {
      var fileName = file.getFileName();
      if (fileName == null) {
        throw new IllegalArgumentException("file must have a name, was " + file);
      }
      return part(name, fileName.toString(), BodySource.of(contentType, file));
    }

    /**
     * Adds a part that a server takes for a file.
     *
     * @param fileName what the file is to be called
     * @param content what is in it, and of which media type, if that is known
     * @throws IllegalArgumentException if the media type has a character that is not allowed in a
     *     header
     */
    public Builder part(String name, String fileName, BodySource content) {
      requireNonNull(name, "name");
      return add(name, requireNonNull(fileName, "fileName"), content.contentType(), content);
    }

    /**
     * Returns the body.
     *
     * @throws IllegalStateException if there are no parts
     */
    public MultipartBody build() {
      if (parts.isEmpty()) {
        throw new IllegalStateException("a multipart body needs a part; add a field or a file");
      }
      return new MultipartBody(List.copyOf(parts));
    }

    private Builder add(
        String name, @Nullable String fileName, @Nullable String type, BodySource content) {
      var header = new StringBuilder("Content-Disposition: form-data; name=").append(quoted(name));
      if (fileName != null) {
        header.append("; filename=").append(quoted(fileName));
      }
      if (type != null && !type.isEmpty()) {
        Headers.of("Content-Type", type);
        header.append("\r\nContent-Type: ").append(type);
      }
      var bytes = header.append("\r\n\r\n").toString().getBytes(UTF_8);
      parts.add(new Part(new BytesBody("", bytes), content));
      return this;
    }

    private static String quoted(String text) {
      return '"' + text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A") + '"';
    }
  }
}
