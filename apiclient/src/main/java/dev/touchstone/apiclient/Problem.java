package dev.touchstone.apiclient;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Problem details: what a server says about an error in a form that programs understand.
 *
 * <p>A member of the wrong JSON type is treated as absent; all members that the RFC does not define
 * are extensions.
 *
 * <p><b>Source:</b> RFC 9457.
 *
 * @param type identifies the kind of problem; {@code about:blank} says no more than the status does
 * @param title names the kind of problem
 * @param status the status as the origin server set it; advisory, a proxy may have changed it
 * @param detail explains this occurrence
 * @param instance identifies this occurrence
 * @param extensions the other members, by name; values are strings, numbers, booleans, lists and
 *     maps
 */
public record Problem(
    URI type,
    Optional<String> title,
    OptionalInt status,
    Optional<String> detail,
    Optional<URI> instance,
    Map<String, Object> extensions) {

  private static final URI BLANK = URI.create("about:blank");

  /** Reads the problem details of an answer; empty if its body is not a JSON object. */
  static Optional<Problem> read(ErrorContext answer) {
    return answer.bodyAs(Map.class).map(members -> of(members, answer.uri()));
  }

  private static Problem of(Map<?, ?> members, URI base) {
    var rest = new HashMap<String, Object>();
    members.forEach((name, value) -> {
      if (value != null) {
        rest.put(String.valueOf(name), value);
      }
    });
    return new Problem(
        uri(rest.remove("type"), base).orElse(BLANK),
        text(rest.remove("title")),
        number(rest.remove("status")),
        text(rest.remove("detail")),
        uri(rest.remove("instance"), base),
        Map.copyOf(rest));
  }

  private static Optional<String> text(@Nullable Object member) {
    return member instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static OptionalInt number(@Nullable Object member) {
    return member instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /* Relative references not with URI.resolve, which takes "?id=1" for a reference to the folder. */
  private static Optional<URI> uri(@Nullable Object member, URI base) {
    try {
      return text(member).map(URI::create).map(uri -> uri.isAbsolute() ? uri : resolved(uri, base));
    } catch (IllegalArgumentException notAUri) {
      return Optional.empty();
    }
  }

  private static @Nullable URI resolved(URI reference, URI base) {
    var url = HttpUrl.get(base);
    var resolved = url == null ? null : url.resolve(reference.toString());
    return resolved == null ? null : resolved.uri();
  }
}
