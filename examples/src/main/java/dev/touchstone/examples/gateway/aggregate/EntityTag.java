package dev.touchstone.examples.gateway.aggregate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Names for the exact bytes of an answer (RFC 9110, section 8.8.3). */
final class EntityTag {

  private static final int BYTES = 15; // of the hash: 20 characters, and no padding
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  private EntityTag() {}

  /** Returns the strong tag of some bytes: equal ones have the same, on every node. */
  static String of(byte[] body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body);
      return "\"" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, BYTES)) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns whether {@code If-None-Match} names a tag, strong or weak (RFC 9110, section 13.1.2). */
  static boolean isNamed(String tag, List<String> ifNoneMatch) {
    return ifNoneMatch.stream()
        .anyMatch(value -> value.strip().equals("*")
            || TAG.matcher(value).results().anyMatch(each -> tag.endsWith(each.group(1))));
  }
}
