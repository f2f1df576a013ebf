package dev.touchstone.examples.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.apiclient.Headers;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Makes the fields of the answer to the client of those of the backend's. */
public final class DownstreamFields {

  private DownstreamFields() {}

  /**
   * Returns the fields of the answer, with {@code Content-Length} where the backend said it.
   *
   * @throws ProblemException 502 if the backend's answer can be read in several ways
   */
  public static HttpFields of(Headers headers) throws ProblemException {
    var lengths = new LinkedHashSet<>(headers.all("Content-Length"));
    if (lengths.size() > 1
        || (!lengths.isEmpty() && !headers.all("Transfer-Encoding").isEmpty())) {
      throw malformed("has more than one length");
    }
    var hopByHop = HopByHop.of(headers.all("Connection"));
    var fields = HttpFields.build();
    var broken = new LinkedHashSet<String>();
    headers.forEach((name, value) -> {
      var lowerCase = name.toLowerCase(Locale.ROOT);
      if (hasControls(value)) {
        broken.add(name);
      } else if (!hopByHop.contains(lowerCase)
          && !lowerCase.equals("via")
          && !lowerCase.equals("content-length")) {
        fields.add(new HttpField(name, asBytes(value)));
      }
    });
    if (!broken.isEmpty()) {
      throw malformed("has control characters in " + broken);
    }
    lengths.forEach(length -> fields.add("Content-Length", length));
    fields.add("Via", UpstreamFields.via(List.copyOf(headers.all("Via"))));
    return fields;
  }

  private static ProblemException malformed(String what) {
    return new ProblemException(
        Problem.of(502, "The backend's answer " + what + "; its owner has to mend that."));
  }

  /* A value that was read with a lone CR in it must not become two. */
  private static boolean hasControls(String value) {
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return true;
      }
    }
    return false;
  }

  /* OkHttp reads values as UTF-8, Jetty writes them as ISO-8859-1: this makes it the same bytes. */
  private static String asBytes(String value) {
    for (var i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        return new String(value.getBytes(UTF_8), ISO_8859_1);
      }
    }
    return value;
  }
}
