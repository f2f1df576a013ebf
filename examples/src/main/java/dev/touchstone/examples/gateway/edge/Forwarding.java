package dev.touchstone.examples.gateway.edge;

import dev.touchstone.apiclient.network.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Where requests really come from, as far as trusted proxies say so. Immutable; for all threads.
 *
 * <p><b>Source:</b> RFC 7239, of which the parameters {@code for}, {@code proto} and {@code host} are
 * read; {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} where there is no {@code Forwarded}.
 */
final class Forwarding {

  /**
   * Where a request comes from.
   *
   * @param addresses see {@code Exchange.addresses()}
   * @param scheme what a trusted proxy says; empty if none does
   * @param authority what a trusted proxy says; empty if none does
   * @param isTrusted whether who is connected is a trusted proxy
   */
  record Origin(
      List<String> addresses,
      Optional<String> scheme,
      Optional<String> authority,
      boolean isTrusted) {}

  private static final Pattern SCHEME = Pattern.compile("https?");
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

  /* Java looks other numbers with dots up in the DNS, as names. */
  private static final Pattern LITERAL =
      Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE + "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final List<AddressRange> trusted;

  Forwarding(List<String> trusted) {
    this.trusted = trusted.stream().map(AddressRange::parse).toList();
  }

  /** Returns the address of who is connected, without brackets and the zone of IPv6. */
  static String peer(Request request) {
    if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
        && socket.getAddress() != null) {
      var address = socket.getAddress().getHostAddress();
      var zone = address.indexOf('%');
      return zone < 0 ? address : address.substring(0, zone);
    }
    return "unknown";
  }

  Origin origin(Request request) {
    return origin(peer(request), request.getHeaders());
  }

  private Origin origin(String peer, HttpFields fields) {
    if (!isTrusted(peer)) {
      return new Origin(List.of(peer), Optional.empty(), Optional.empty(), false);
    }
    var forwarded = fields.getValuesList("Forwarded");
    return forwarded.isEmpty() ? legacy(peer, fields) : standard(peer, forwarded);
  }

  private Origin standard(String peer, List<String> values) {
    var elements =
        values.stream().flatMap(value -> Stream.of(value.split(",", -1))).toList();
    var last = elements.getLast();
    return new Origin(
        way(peer, elements.stream().map(element -> parameter(element, "for")).toList()),
        Optional.ofNullable(parameter(last, "proto")).filter(SCHEME.asMatchPredicate()),
        Optional.ofNullable(parameter(last, "host")).filter(AUTHORITY.asMatchPredicate()),
        true);
  }

  private Origin legacy(String peer, HttpFields fields) {
    return new Origin(
        way(peer, list(fields, "X-Forwarded-For")),
        last(fields, "X-Forwarded-Proto")
            .map(scheme -> scheme.toLowerCase(Locale.ROOT))
            .filter(SCHEME.asMatchPredicate()),
        last(fields, "X-Forwarded-Host").filter(AUTHORITY.asMatchPredicate()),
        true);
  }

  private static List<String> list(HttpFields fields, String name) {
    return fields.getValuesList(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static Optional<String> last(HttpFields fields, String name) {
    var values = list(fields, name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  private static @Nullable String parameter(String element, String name) {
    for (var pair : element.split(";", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
        var value = pair.substring(equals + 1).strip();
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
            ? value.substring(1, value.length() - 1)
            : value;
      }
    }
    return null;
  }

  /* From the right, where the trusted proxies wrote, to the first address that is not one of theirs. */
  private List<String> way(String peer, List<? extends @Nullable String> claimed) {
    var way = new ArrayDeque<String>();
    way.addFirst(peer);
    for (var i = claimed.size() - 1; i >= 0; i--) {
      var address = withoutPort(claimed.get(i));
      if (address == null) {
        break; // "unknown", a pseudonym, or nonsense: what is left of it says nothing
      }
      way.addFirst(address);
      if (!isTrusted(address)) {
        break;
      }
    }
    return new ArrayList<>(way);
  }

  private static @Nullable String withoutPort(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var address = text;
    if (text.startsWith("[")) {
      var end = text.indexOf(']');
      address = end < 0 ? text : text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      address = text.substring(0, text.indexOf(':'));
    }
    return literal(address) == null ? null : address;
  }

  private boolean isTrusted(String address) {
    var parsed = trusted.isEmpty() ? null : literal(address);
    return parsed != null && trusted.stream().anyMatch(range -> range.contains(parsed));
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
    } catch (UnknownHostException malformed) {
      return null;
    }
  }
}
