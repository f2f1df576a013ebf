package dev.touchstone.apiclient.network;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses in the notation {@code 10.0.0.0/8}. Immutable; for all threads.
 *
 * @param first the address before the slash
 * @param prefix how many bits of it count
 */
public record AddressRange(InetAddress first, int prefix) {

  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  /* Java would look other numbers with dots up in the DNS, as names. */
  private static final Pattern LITERAL =
      Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Checks the number of bits.
   *
   * @throws IllegalArgumentException if there are fewer than 0 or more than the address has
   */
  public AddressRange {
    var most = requireNonNull(first, "first").getAddress().length * Byte.SIZE;
    if (prefix < 0 || prefix > most) {
      throw new IllegalArgumentException(
          "prefix must be between 0 and " + most + " for this address, was " + prefix);
    }
  }

  /**
   * Parses a range.
   *
   * @param text a literal address of IPv4 or IPv6, a slash, and how many bits of it count; no name is
   *     ever looked up
   * @throws IllegalArgumentException if it is malformed
   */
  public static AddressRange parse(String text) {
    var slash = text.indexOf('/');
    var literal = slash < 0 ? "" : text.substring(0, slash);
    if (!LITERAL.matcher(literal).matches()) {
      throw malformed(text, null);
    }
    try {
      return new AddressRange(
          InetAddress.getByName(literal), Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw malformed(text, e);
    }
  }

  /** Returns whether an address is in this range; one of another IP version never is. */
  public boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  boolean contains(byte[] address) {
    var mine = first.getAddress();
    if (mine.length != address.length) {
      return false;
    }
    for (var bit = 0; bit < prefix; bit++) {
      var mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException malformed(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "a range must look like 10.0.0.0/8 or fd00::/8, was " + text, cause);
  }
}
