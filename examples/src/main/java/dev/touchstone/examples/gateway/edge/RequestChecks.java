package dev.touchstone.examples.gateway.edge;

import dev.touchstone.examples.gateway.route.Problem;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * What a request must not be although Jetty lets it through. Immutable; for all threads.
 *
 * <p><b>Source:</b> RFC 9112 sections 6.1 (transfer codings) and 3.2 (targets), RFC 9110 sections 5.5
 * (values) and 9.3 (methods).
 */
final class RequestChecks {

  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z0-9_-]{0,31}");
  private static final Pattern DOTS =
      Pattern.compile("/\\.\\.?(/|$)"); // encoded ones Jetty refuses
  private static final int MOST_FIELDS = 100;

  private final Set<PathLiberty> liberties;

  RequestChecks(Set<PathLiberty> liberties) {
    this.liberties = liberties;
  }

  /** Returns what is wrong; empty if nothing is. */
  Optional<Problem> problem(Request request) {
    return framing(request)
        .or(() -> method(request))
        .or(() -> fields(request.getHeaders()))
        .or(() -> path(request.getHttpURI().getPath()));
  }

  /* Jetty answers a transfer coding in HTTP/1.0, where there is none, as it does in 1.1; a proxy in
   * front that knows only 1.0 sees two requests where Jetty sees one. */
  private static Optional<Problem> framing(Request request) {
    var coding = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
    if (coding.isEmpty()) {
      return Optional.empty();
    }
    var version = request.getConnectionMetaData().getHttpVersion();
    if (version != HttpVersion.HTTP_1_1) {
      return Optional.of(Problem.of(
          400, "Transfer-Encoding is only allowed in HTTP/1.1; send Content-Length instead."));
    }
    return coding.size() == 1 && coding.getFirst().equalsIgnoreCase("chunked")
        ? Optional.empty()
        : Optional.of(
            Problem.of(501, "The only Transfer-Encoding that is understood is 'chunked', once."));
  }

  private static Optional<Problem> method(Request request) {
    var method = request.getMethod();
    if (!METHOD.matcher(method).matches()) {
      return Optional.of(Problem.of(501, "A method is a word in upper case, such as GET."));
    }
    return switch (method) {
      case "CONNECT", "TRACE" ->
        Optional.of(Problem.of(501, "The method " + method + " is not supported here."));
      case "GET", "HEAD" ->
        hasNoBody(request.getHeaders())
            ? Optional.empty()
            : Optional.of(Problem.of(
                400,
                "A request of " + method
                    + " must have no body, because servers disagree about it; use POST."));
      default -> Optional.empty();
    };
  }

  private static boolean hasNoBody(HttpFields fields) {
    return !fields.contains(HttpHeader.TRANSFER_ENCODING)
        && fields.getLongField(HttpHeader.CONTENT_LENGTH) <= 0;
  }

  private static Optional<Problem> fields(HttpFields fields) {
    if (fields.size() > MOST_FIELDS) {
      return Optional.of(
          Problem.of(431, "A request may have up to " + MOST_FIELDS + " header fields."));
    }
    for (var field : fields) {
      if (!isPlain(field.getValue())) {
        return Optional.of(Problem.of(
            400,
            "The value of the header field " + field.getName()
                + " must be in visible ASCII; percent-encode other characters."));
      }
    }
    return Optional.empty();
  }

  private static boolean isPlain(String value) {
    for (var i = 0; value != null && i < value.length(); i++) {
      var c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        return false;
      }
    }
    return true;
  }

  private Optional<Problem> path(String path) {
    if (!path.startsWith("/")) {
      return Optional.of(Problem.of(400, "The path must begin with '/'."));
    }
    if (DOTS.matcher(path).find()) {
      return Optional.of(Problem.of(
          400, "The path must not have segments of dots; resolve them before you send it."));
    }
    return refused(path, "//", PathLiberty.EMPTY_SEGMENT)
        .or(() -> refused(path, ";", PathLiberty.PARAMETERS))
        .or(() -> refused(path, "%2F", PathLiberty.ENCODED_SLASH))
        .or(() -> refused(path, "%2f", PathLiberty.ENCODED_SLASH));
  }

  private Optional<Problem> refused(String path, String part, PathLiberty liberty) {
    return path.contains(part) && !liberties.contains(liberty)
        ? Optional.of(Problem.of(
            400,
            "The path must not have '" + part
                + "', which servers read in different ways; leave it out."))
        : Optional.empty();
  }
}
