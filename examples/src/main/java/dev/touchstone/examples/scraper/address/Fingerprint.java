package dev.touchstone.examples.scraper.address;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A 64-bit number that stands for an address where only "known or not" matters.
 *
 * <p>The order of query parameters does not count, nor do parameters that carry a session or the name
 * of a campaign. That is right for telling addresses apart and wrong for fetching them, so it is done
 * here and nowhere else: the crawl fetches the address as it was found.
 */
public final class Fingerprint {

  /*
   * The first half of a SHA-256, not one of the faster hashes: a site chooses its own addresses, and
   * with a hash that can be steered it could make us take its new pages for known ones. Among ten
   * million addresses two share a number with a probability of 3 in a million.
   */

  private static final Set<String> MEANINGLESS = Set.of(
      "jsessionid", "phpsessid", "aspsessionid", "sessionid", "sid", "gclid", "fbclid", "msclkid");
  private static final Pattern SESSION_IN_PATH =
      Pattern.compile(";(?:jsessionid|phpsessid|sid)=[^/;]*", Pattern.CASE_INSENSITIVE);

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Fingerprint::sha256);

  private Fingerprint() {}

  /**
   * Returns the number of a canonical address; never 0.
   *
   * @param address as {@link Addresses} makes it
   */
  public static long of(URI address) {
    var digest = SHA_256.get().digest(key(address).getBytes(StandardCharsets.UTF_8));
    var first = ByteBuffer.wrap(digest).getLong();
    return first == 0 ? 1 : first;
  }

  /** Returns the text that two addresses share if they count as one. */
  static String key(URI address) {
    var text = address.toString();
    var query = address.getRawQuery();
    if (query == null && text.indexOf(';') < 0) {
      return text;
    }
    var path = SESSION_IN_PATH.matcher(address.getRawPath()).replaceAll("");
    var page = Addresses.origin(address) + path;
    var sorted = query == null ? "" : sorted(query);
    return sorted.isEmpty() ? page : page + "?" + sorted;
  }

  private static String sorted(String query) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> !parameter.isEmpty() && !isMeaningless(parameter))
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static boolean isMeaningless(String parameter) {
    var equals = parameter.indexOf('=');
    var name = (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    return MEANINGLESS.contains(name) || name.startsWith("utm_");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
