package dev.touchstone.examples.clients.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of content: its SHA-256.
 *
 * @param text {@code sha256:} and 64 hexadecimal digits in lower case
 */
public record Digest(String text) {

  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is not {@code sha256:} and 64 digits
   */
  public Digest {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a digest must be sha256: and 64 hexadecimal digits in lower case, was " + text);
    }
  }

  /** Returns the digest that a text is; empty if it is of another algorithm, or none. */
  static Optional<Digest> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
  }

  /** Returns the digest of the given content. */
  public static Digest of(byte[] content) {
    return ofHash(sha256().digest(content));
  }

  /**
   * Returns the digest of a file's content.
   *
   * @throws IOException if the file cannot be read
   */
  public static Digest of(Path file) throws IOException {
    try (var content = Files.newInputStream(file)) {
      return copy(content, OutputStream.nullOutputStream());
    }
  }

  /** Copies a stream and returns the digest of what it held. */
  static Digest copy(InputStream from, OutputStream to) throws IOException {
    var digesting = new DigestInputStream(from, sha256());
    digesting.transferTo(to);
    return ofHash(digesting.getMessageDigest().digest());
  }

  private static Digest ofHash(byte[] hash) {
    return new Digest("sha256:" + HexFormat.of().formatHex(hash));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
