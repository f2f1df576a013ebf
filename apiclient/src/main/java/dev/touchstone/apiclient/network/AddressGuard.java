package dev.touchstone.apiclient.network;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * Keeps requests out of private networks: what a program needs that fetches URLs which it was told
 * by others.
 *
 * {@snippet class="dev.touchstone.apiclient.SnippetsTest" region="guard"}
 *
 * <p>The address that a socket is about to connect to is checked, not the host of the URL. So it
 * does not matter how the address was written ({@code 127.1}, {@code 2130706433}, {@code
 * [::ffff:127.0.0.1]}), that a redirect led there, or that a name resolved to something else when it
 * was looked up before. Not a packet is sent to a forbidden address.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * <p><b>Source:</b> the special-purpose address registries of RFC 6890; RFC 4291, RFC 6052, RFC 3056
 * for IPv4 addresses inside of IPv6 ones.
 */
public final class AddressGuard {

  /*
   * For IPv4 the registry's ranges are forbidden. For IPv6 it is the other way round: only 2000::/3
   * is globally routed, so all else is forbidden, and of 2000::/3 the special ranges. Addresses that
   * carry an IPv4 address, for translators and tunnels, are judged by it. (IPv4-mapped ones, as in
   * ::ffff:127.0.0.1, arrive here as IPv4 addresses: the JDK converts them.)
   */

  private static final List<AddressRange> SPECIAL_V4 = ranges(
      "0.0.0.0/8",
      "10.0.0.0/8",
      "100.64.0.0/10",
      "127.0.0.0/8",
      "169.254.0.0/16",
      "172.16.0.0/12",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "192.168.0.0/16",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "224.0.0.0/4",
      "240.0.0.0/4");
  private static final AddressRange GLOBAL_V6 = AddressRange.parse("2000::/3");
  private static final List<AddressRange> SPECIAL_V6 =
      ranges("2001::/23", "2001:db8::/32", "3fff::/20");
  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

  private static final AddressGuard PUBLIC_ONLY = new AddressGuard(List.of());

  private final List<AddressRange> allowed;

  private AddressGuard(List<AddressRange> allowed) {
    this.allowed = allowed;
  }

  /** Returns the guard that permits addresses of the public internet and no others. */
  public static AddressGuard publicOnly() {
    return PUBLIC_ONLY;
  }

  /**
   * Returns this guard with ranges that are permitted although they are not public.
   *
   * @param ranges such as {@code 10.1.0.0/16}
   * @throws IllegalArgumentException if one is malformed
   */
  public AddressGuard allowing(String... ranges) {
    return new AddressGuard(
        Stream.concat(allowed.stream(), ranges(ranges).stream()).toList());
  }

  /** Returns whether connections to an address are permitted. */
  public boolean permits(InetAddress address) {
    requireNonNull(address, "address");
    return allowed.stream().anyMatch(range -> range.contains(address)) || isPublic(address);
  }

  /**
   * Makes an OkHttp client respect this guard: gives its builder a socket factory, and switches
   * proxies off, because behind a proxy nobody can see where a request goes.
   *
   * @return the same builder
   */
  public OkHttpClient.Builder protect(OkHttpClient.Builder builder) {
    return builder.socketFactory(new GuardedSocketFactory(this)).proxy(Proxy.NO_PROXY);
  }

  void check(InetAddress address) throws ForbiddenAddressException {
    if (!permits(address)) {
      throw new ForbiddenAddressException(address);
    }
  }

  private static boolean isPublic(InetAddress address) {
    var bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isPublicV4(bytes);
    }
    if (NAT64.contains(bytes)) {
      return isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (SIX_TO_FOUR.contains(bytes)) {
      return isPublicV4(Arrays.copyOfRange(bytes, 2, 6));
    }
    return GLOBAL_V6.contains(bytes)
        && SPECIAL_V6.stream().noneMatch(range -> range.contains(bytes));
  }

  private static boolean isPublicV4(byte[] address) {
    return SPECIAL_V4.stream().noneMatch(range -> range.contains(address));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }

  @Override
  public String toString() {
    return "AddressGuard[public" + (allowed.isEmpty() ? "" : " and " + allowed.size() + " ranges")
        + "]";
  }
}
