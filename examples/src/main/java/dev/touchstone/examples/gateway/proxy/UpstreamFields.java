package dev.touchstone.examples.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.examples.gateway.route.Caller;
import dev.touchstone.examples.gateway.route.Exchange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes the fields of the request to the backend. Immutable; for all threads. */
final class UpstreamFields {

  /*
   * Three kinds of fields of the client stay behind: those of the connection; those that the gateway
   * writes itself, so that what stands there is true; those that say who the client is. Some servers
   * hand fields to programs as variables, with "_" for "-", so a name that differs only in that counts
   * as the same.
   */

  private static final String IDENTITY = "x-authenticated-";
  private static final Set<String> OURS = Set.of(
      "host",
      "content-length",
      "expect",
      "forwarded",
      "x-forwarded-for",
      "x-forwarded-host",
      "x-forwarded-port",
      "x-forwarded-prefix",
      "x-forwarded-proto",
      "x-forwarded-server",
      "x-forwarded-ssl",
      "x-original-url",
      "x-real-ip",
      "x-request-deadline-ms",
      "x-request-id",
      "x-rewrite-url",
      "via");
  private static final String VIA = "1.1 touchstone";

  private final ProxyOptions options;
  private final Set<String> removed;

  UpstreamFields(ProxyOptions options) {
    this.options = options;
    removed = new HashSet<>(OURS);
    options.removed().forEach(name -> removed.add(name.toLowerCase(Locale.ROOT)));
  }

  Headers of(Exchange exchange) {
    var fields = new ArrayList<String>();
    copy(exchange, fields);
    if (!exchange.fields().contains("Accept-Encoding")) {
      add(
          fields,
          "Accept-Encoding",
          "identity"); // else the client library asks for gzip, and unpacks
    }
    if (options.host() == ProxyOptions.Host.CLIENT) {
      add(fields, "Host", exchange.authority());
    }
    add(fields, "X-Request-Id", exchange.id());
    add(
        fields,
        "X-Request-Deadline-Ms",
        Long.toString(exchange.deadline().remaining().toMillis()));
    add(fields, "Via", via(exchange.fields().getValuesList("Via")));
    addForwarding(exchange, fields);
    addIdentity(exchange.caller(), fields);
    return Headers.of(fields.toArray(String[]::new));
  }

  private void copy(Exchange exchange, List<String> fields) {
    var hopByHop = HopByHop.of(exchange.fields().getValuesList("Connection"));
    var dropsCredentials = options.credentials() == ProxyOptions.Credentials.REMOVED
        && !(exchange.caller() instanceof Caller.Anonymous);
    for (var field : exchange.fields()) {
      var name = field.getLowerCaseName().replace('_', '-');
      var stays = hopByHop.contains(field.getLowerCaseName())
          || hopByHop.contains(name)
          || removed.contains(name)
          || name.equals("cookie")
          || name.startsWith(IDENTITY)
          || (dropsCredentials && name.equals("authorization"));
      if (!stays && field.getValue() != null) {
        add(fields, field.getName(), field.getValue());
      }
    }
    var cookies = exchange.fields().getValuesList("Cookie");
    if (!cookies.isEmpty() && !hopByHop.contains("cookie") && !removed.contains("cookie")) {
      add(fields, "Cookie", String.join("; ", cookies)); // HTTP/2 may bring it in pieces
    }
  }

  static String via(List<String> before) {
    return before.isEmpty() ? VIA : String.join(", ", before) + ", " + VIA;
  }

  private static void addForwarding(Exchange exchange, List<String> fields) {
    var addresses = exchange.addresses();
    var host = exchange.authority();
    add(fields, "X-Forwarded-For", String.join(", ", addresses));
    add(fields, "X-Forwarded-Proto", exchange.scheme());
    add(fields, "X-Forwarded-Host", host);
    var last = ";proto=" + exchange.scheme() + ";host=\"" + host + "\"";
    add(
        fields,
        "Forwarded",
        addresses.stream().map(UpstreamFields::node).collect(joining(", ")) + last);
  }

  private static String node(String address) {
    return address.indexOf(':') < 0 ? "for=" + address : "for=\"[" + address + "]\"";
  }

  private static void addIdentity(Caller caller, List<String> fields) {
    switch (caller) {
      case Caller.Anonymous nobody -> {}
      case Caller.Subject subject -> {
        add(fields, "X-Authenticated-By", "jwt");
        add(fields, "X-Authenticated-Subject", visible(subject.subject()));
      }
      case Caller.KeyHolder holder -> {
        add(fields, "X-Authenticated-By", "key");
        add(fields, "X-Authenticated-Subject", visible(holder.name()));
        add(fields, "X-Authenticated-Tier", visible(holder.tier()));
      }
    }
  }

  /** Percent-encodes what is not visible ASCII: whoever issues tokens does not get to write fields. */
  static String visible(String text) {
    var visible = new StringBuilder();
    for (var b : text.getBytes(UTF_8)) {
      if (b > ' ' && b <= '~' && b != '%') {
        visible.append((char) b);
      } else {
        visible.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return visible.toString();
  }

  private static void add(List<String> fields, String name, String value) {
    fields.add(name);
    fields.add(value);
  }
}
