package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes. Immutable.
 *
 * @param template what may be shown of it: no values of variables, no query
 * @param path relative to a base URL, or absolute with a scheme; percent-encoded, and may have a
 *     query of its own
 * @param query the parameters that were added to it
 */
record RequestAddress(String template, String path, List<Parameter> query) {

  /** A query parameter before it is encoded. */
  record Parameter(String name, String value) {}

  /** Returns the address that a template has with the given values in it. */
  static RequestAddress expand(String template, Object... variables) {
    requireNonNull(template, "template");
    if (template.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a template has no fragment, but this has: " + template);
    }
    var query = template.indexOf('?');
    return new RequestAddress(
        query < 0 ? template : template.substring(0, query),
        UriTemplate.expand(template, variables),
        List.of());
  }

  /** Returns the address of an absolute URL, without its fragment. */
  static RequestAddress of(URI uri) {
    var scheme = requireNonNull(uri, "uri").getScheme();
    if (uri.getHost() == null
        || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
      throw new IllegalArgumentException("uri must be an absolute http or https URL with a host");
    }
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    var text = uri.toString();
    var fragment = text.indexOf('#');
    return new RequestAddress(
        scheme + "://" + uri.getHost() + port + uri.getRawPath(),
        fragment < 0 ? text : text.substring(0, fragment),
        List.of());
  }

  /** Returns this address with another text that may be shown of it. */
  RequestAddress shownAs(String other) {
    return new RequestAddress(requireNonNull(other, "template"), path, query);
  }

  /** Returns this address with more parameters; see {@link ApiRequest.Builder#query}. */
  RequestAddress plus(String name, @Nullable Object value) {
    requireNonNull(name, "name");
    var longer = new ArrayList<>(query);
    if (value instanceof Iterable<?> values) {
      values.forEach(each -> longer.add(new Parameter(name, String.valueOf(each))));
    } else if (value != null) {
      longer.add(new Parameter(name, value.toString()));
    }
    return new RequestAddress(template, path, List.copyOf(longer));
  }

  /** Returns this address without the parameters of a name. */
  RequestAddress minus(String name) {
    var others = query.stream().filter(each -> !each.name.equals(name)).toList();
    var question = path.indexOf('?');
    if (question < 0) {
      return new RequestAddress(template, path, others);
    }
    var kept = written().filter(each -> !nameOf(each).equals(name)).collect(joining("&"));
    var bare = path.substring(0, question);
    return new RequestAddress(template, kept.isEmpty() ? bare : bare + "?" + kept, others);
  }

  /** Returns the value of the first parameter of a name. */
  Optional<String> first(String name) {
    return Stream.concat(
            written().filter(each -> nameOf(each).equals(name)).map(RequestAddress::valueOf),
            query.stream().filter(each -> each.name.equals(name)).map(Parameter::value))
        .findFirst();
  }

  /* The parameters that the path has already, as they are written there. */
  private Stream<String> written() {
    var question = path.indexOf('?');
    return question < 0
        ? Stream.empty()
        : Stream.of(path.substring(question + 1).split("&", -1));
  }

  private static String nameOf(String parameter) {
    return decoded(parameter.split("=", 2)[0]);
  }

  private static String valueOf(String parameter) {
    var equals = parameter.indexOf('=');
    return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /**
   * Returns the absolute URL.
   *
   * @throws IllegalArgumentException if it is none
   */
  HttpUrl resolve(@Nullable HttpUrl base) {
    if (base != null && path.startsWith(base.toString())) {
      return below(base, path.substring(base.toString().length()));
    }
    if (UriTemplate.isAbsolute(path)) {
      return query.isEmpty() ? HttpUrl.get(path) : withQuery(HttpUrl.get(path).newBuilder());
    }
    if (base == null) {
      throw new IllegalArgumentException(template
          + " is relative, but the client has no base URL; give it one, or send an absolute URL");
    }
    return below(base, path.substring(leadingSlashes()));
  }

  /* Only the rest is parsed: the base URL was when the client was built, which takes far longer. */
  private HttpUrl below(HttpUrl base, String rest) {
    var question = rest.indexOf('?');
    var url =
        base.newBuilder().addEncodedPathSegments(question < 0 ? rest : rest.substring(0, question));
    return withQuery(question < 0 ? url : url.encodedQuery(rest.substring(question + 1)));
  }

  private int leadingSlashes() {
    var count = 0;
    while (count < path.length() && path.charAt(count) == '/') {
      count++;
    }
    return count;
  }

  private HttpUrl withQuery(HttpUrl.Builder url) {
    for (var parameter : query) {
      url.addEncodedQueryParameter(
          UriTemplate.encode(parameter.name), UriTemplate.encode(parameter.value));
    }
    return url.build();
  }
}
