package dev.touchstone.apiclient.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs method, path, query, time and body with a shared secret.
 *
 * <p>Two headers are set: {@code X-Timestamp}, the seconds since 1970, and {@code X-Signature}, the
 * HMAC-SHA-256, in lower-case hexadecimal digits, of these lines joined by line feeds: the
 * timestamp, the method, the path with its query as sent, and the SHA-256 of the body in hexadecimal
 * digits. {@code X-Key-Id} says which key it is. Each attempt is signed anew, so that a retry is not
 * refused for its age.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * <p><b>Source:</b> RFC 2104 (HMAC).
 */
public final class HmacSignature implements RequestAuthenticator {

  private static final HexFormat HEX = HexFormat.of();

  private final String keyId;
  private final Supplier<byte[]> secret;
  private final TimeSource time;

  private HmacSignature(String keyId, Supplier<byte[]> secret, TimeSource time) {
    this.keyId = requireNonNull(keyId, "keyId");
    this.secret = requireNonNull(secret, "secret");
    this.time = requireNonNull(time, "time");
  }

  /** Returns the authenticator that signs with the given key and the time of the system. */
  public static HmacSignature of(String keyId, Supplier<byte[]> secret) {
    return new HmacSignature(keyId, secret, TimeSource.system());
  }

  /** Returns an authenticator with the same key and another clock. */
  public HmacSignature time(TimeSource time) {
    return new HmacSignature(keyId, secret, time);
  }

  /**
   * Signs a request.
   *
   * @throws IllegalStateException if the body is not in memory, so that it cannot be signed
   */
  @Override
  public Credential authorize(Outgoing request, Deadline deadline) {
    var body = request
        .bodyInMemory()
        .orElseThrow(() -> new IllegalStateException(
            "a body must be in memory to be signed; use json() or BodySource.of(type, bytes)"));
    var timestamp = Long.toString(time.now().getEpochSecond());
    var uri = request.uri();
    var path =
        uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    var text = String.join("\n", timestamp, request.method(), path, sha256(body));
    request.setHeader("X-Key-Id", keyId);
    request.setHeader("X-Timestamp", timestamp);
    request.setHeader("X-Signature", sign(text));
    return Credential.of(keyId);
  }

  private String sign(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.get(), "HmacSHA256"));
      return HEX.formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }

  private static String sha256(byte[] body) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Returns the id of the key, not the key. */
  @Override
  public String toString() {
    return "HmacSignature[" + keyId + "]";
  }
}
