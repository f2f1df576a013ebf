package dev.touchstone.apiclient.observe;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Knows which header fields and query parameters are harmless. All others are taken for secret:
 * their values are not logged, and header fields are dropped when a redirect leaves the origin.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class Redaction {

  private static final String HIDDEN = "***";

  private static final Redaction STANDARD = new Redaction(
      caseInsensitive(Set.of(
          "Accept",
          "Accept-Charset",
          "Accept-Encoding",
          "Accept-Language",
          "Cache-Control",
          "Content-Encoding",
          "Content-Language",
          "Content-Length",
          "Content-Type",
          "Date",
          "ETag",
          "Expires",
          "If-Match",
          "If-Modified-Since",
          "If-None-Match",
          "If-Unmodified-Since",
          "Last-Modified",
          "Pragma",
          "Range",
          "RateLimit",
          "RateLimit-Policy",
          "Retry-After",
          "Server",
          "Traceparent",
          "Transfer-Encoding",
          "User-Agent",
          "Vary")),
      Set.of(),
      Set.of());

  /* Words of names, in lower case: access_token, X-Auth-Token and clientSecret have one. */
  private static final Set<String> SECRET_WORDS = Set.of(
      "token",
      "secret",
      "password",
      "passwd",
      "pwd",
      "passphrase",
      "authorization",
      "credential",
      "credentials",
      "cookie",
      "session",
      "signature",
      "assertion",
      "apikey");
  private static final Set<String> KINDS_OF_SECRET_KEYS =
      Set.of("api", "private", "access", "secret", "signing", "encryption", "subscription");
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

  private final Set<String> headers;
  private final Set<String> query;
  private final Set<String> secretFields;

  private Redaction(Set<String> headers, Set<String> query, Set<String> secretFields) {
    this.headers = headers;
    this.query = query;
    this.secretFields = secretFields;
  }

  /** Returns the rules that hide all but well-known harmless headers, and every query value. */
  public static Redaction standard() {
    return STANDARD;
  }

  /** Returns these rules with more headers that are harmless; case does not matter. */
  public Redaction showHeaders(String... names) {
    var more = caseInsensitive(headers);
    more.addAll(Arrays.asList(names));
    return new Redaction(more, query, secretFields);
  }

  /** Returns these rules with more query parameters that are harmless; case matters. */
  public Redaction showQuery(String... names) {
    var more = new TreeSet<>(query);
    more.addAll(Arrays.asList(names));
    return new Redaction(headers, more, secretFields);
  }

  /** Returns these rules with more names of secrets, for {@link #hidesField}; case does not matter. */
  public Redaction hideFields(String... names) {
    var more = caseInsensitive(secretFields);
    more.addAll(Arrays.asList(names));
    return new Redaction(headers, query, more);
  }

  /** Returns whether a header is harmless. */
  public boolean shows(String header) {
    return headers.contains(requireNonNull(header, "header"));
  }

  /** Returns whether a query parameter is harmless. */
  public boolean showsQuery(String parameter) {
    return query.contains(parameter);
  }

  /**
   * Returns whether a member of a JSON object, a form field or a header of an answer has the name of
   * a secret: one of its words is token, secret, password, cookie, signature and the like, or it is
   * an API key or a private key. What has another name is shown.
   */
  public boolean hidesField(String name) {
    if (secretFields.contains(name)) {
      return true;
    }
    var before = "";
    for (var part : BETWEEN_WORDS.split(name, -1)) {
      var word = part.toLowerCase(Locale.ROOT);
      if (SECRET_WORDS.contains(word)
          || (word.equals("key") && KINDS_OF_SECRET_KEYS.contains(before))) {
        return true;
      }
      before = word;
    }
    return false;
  }

  /** Returns a header's value, or three asterisks. */
  public String header(String name, String value) {
    return shows(name) ? value : HIDDEN;
  }

  /** Returns a URL without its user information and fragment, and with query values hidden. */
  public String uri(URI uri) {
    var text = new StringBuilder();
    if (uri.getScheme() != null && uri.getHost() != null) {
      text.append(uri.getScheme().toLowerCase(Locale.ROOT)).append("://").append(uri.getHost());
      text.append(uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
    text.append(uri.getRawPath() == null ? "" : uri.getRawPath());
    if (uri.getRawQuery() != null) {
      var separator = '?';
      for (var parameter : uri.getRawQuery().split("&", -1)) {
        text.append(separator).append(queryParameter(parameter));
        separator = '&';
      }
    }
    return text.toString();
  }

  private String queryParameter(String parameter) {
    var equals = parameter.indexOf('=');
    if (equals < 0) {
      return query.contains(parameter) ? parameter : HIDDEN;
    }
    var name = parameter.substring(0, equals);
    return query.contains(name) ? parameter : name + "=" + HIDDEN;
  }

  private static Set<String> caseInsensitive(Collection<String> names) {
    var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }
}
