package dev.touchstone.apiclient.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.apiclient.testing.Cassette.Asked;
import dev.touchstone.apiclient.testing.Cassette.Interaction;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the secrets out of requests and answers, and remembers them. For one thread at a time. */
final class SecretFilter {

  /*
   * Two passes. The first hides by place: query values, header fields and members of JSON objects
   * whose name is that of a secret, all values of a form, all of a body that is neither. Whatever it
   * hides it remembers. The second pass, when all is recorded, looks for the remembered values
   * everywhere: a server that repeats a token in a message, or a later URL that holds a cookie,
   * gives nothing away. Shorter values are left alone, they would be found in every other word.
   */

  static final String HIDDEN = "***";

  private static final String BASIC = "Basic ";
  private static final int SHORTEST = 4;
  private static final Pattern QUERY_VALUE =
      Pattern.compile("([?&])([^=&#<>;,\\s]+)=([^&#<>;,\\s]*)");

  private final Redaction rules;
  private final Set<String> secrets =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

  SecretFilter(Redaction rules) {
    this.rules = requireNonNull(rules, "rules");
  }

  /** Returns what a request is known by. */
  Asked asked(Request request) {
    for (var header : request.headers()) {
      if (rules.hidesField(header.getFirst())) {
        rememberCredential(header.getFirst(), header.getSecond());
      }
    }
    return new Asked(request.method(), url(request.url().toString()), body(request));
  }

  /** Returns a request and its answer. */
  Interaction interaction(Asked request, Response response, byte[] body) {
    var type = mediaType(response.headers());
    var text = isText(type) ? text(type, new String(body, charset(type))) : null;
    return new Interaction(
        request,
        response.code(),
        headers(response.headers()),
        text == null ? Base64.getEncoder().encodeToString(body) : text,
        text == null ? "base64" : "text");
  }

  /** Returns an interaction without any value that was hidden anywhere. */
  Interaction withoutSecrets(Interaction interaction) {
    return interaction.map(this::withoutSecrets);
  }

  /** Returns a request without any value that was hidden anywhere. */
  Asked withoutSecrets(Asked request) {
    return new Asked(
        request.method(), withoutSecrets(request.url()), withoutSecrets(request.body()));
  }

  private String withoutSecrets(String text) {
    var clean = text;
    for (var secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return clean;
  }

  private List<String> headers(Headers headers) {
    var kept = new ArrayList<String>();
    for (var header : headers) {
      var name = header.getFirst();
      kept.add(name);
      if (rules.hidesField(name)) {
        rememberCredential(name, header.getSecond());
        kept.add(HIDDEN);
      } else {
        kept.add(url(header.getSecond()));
      }
    }
    return kept;
  }

  /* Location, Link and the like hold URLs; in other fields there is nothing to find. */
  private String url(String text) {
    return QUERY_VALUE.matcher(text).replaceAll(found -> {
      var parameter = found.group(1) + found.group(2) + "=";
      if (rules.showsQuery(found.group(2))) {
        return Matcher.quoteReplacement(found.group());
      }
      if (rules.hidesField(found.group(2))) {
        remember(found.group(3));
        remember(decoded(found.group(3)));
      }
      return Matcher.quoteReplacement(parameter + HIDDEN);
    });
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  private String body(Request request) {
    var body = request.body();
    if (body == null || body.isOneShot()) {
      return body == null ? "" : "a body that can be sent once";
    }
    var type = body.contentType() == null ? mediaType(request.headers()) : body.contentType();
    var content = new Buffer();
    try {
      body.writeTo(content);
    } catch (IOException unreadable) {
      return "a body that cannot be read";
    }
    var isReadable = type != null && (isJson(type) || isForm(type));
    return content.size() == 0
        ? ""
        : isReadable
            ? text(type, content.readUtf8())
            : content.size() + " bytes of " + subtype(type);
  }

  private String text(@Nullable MediaType type, String text) {
    if (type != null && isForm(type)) {
      return url("?" + text).substring(1);
    }
    var json = type != null && isJson(type) ? Cassette.tree(text) : null;
    return json != null && mask(json) ? json.toString() : text;
  }

  /** Hides the secrets of a document; returns whether there were any. */
  private boolean mask(JsonNode node) {
    var masked = false;
    if (node instanceof ArrayNode array) {
      for (var element : array) {
        masked |= mask(element);
      }
    } else if (node instanceof ObjectNode object) {
      for (var name : List.copyOf(object.propertyNames())) {
        var isSecret = rules.hidesField(name);
        if (isSecret) {
          rememberAll(object.required(name));
          object.put(name, HIDDEN);
        }
        masked |= isSecret || mask(object.required(name));
      }
    }
    return masked;
  }

  private void rememberAll(JsonNode node) {
    if (node.isString() || node.isNumber()) {
      remember(node.asString());
    }
    node.forEach(this::rememberAll);
  }

  private void rememberCredential(String header, String value) {
    switch (header.toLowerCase(Locale.ROOT)) {
      case "set-cookie" -> remember(valueOf(value.split(";", 2)[0])); // the rest are attributes
      case "cookie" ->
        Stream.of(value.split(";")).map(SecretFilter::valueOf).forEach(this::remember);
      default -> {
        remember(value);
        remember(value.substring(value.indexOf(' ') + 1)); // without the scheme
        rememberPassword(value);
      }
    }
  }

  private void rememberPassword(String value) {
    if (value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      try {
        var pair = new String(Base64.getDecoder().decode(value.substring(BASIC.length())), UTF_8);
        remember(pair.substring(pair.indexOf(':') + 1));
      } catch (IllegalArgumentException notBase64) {
        // Then there is no password in it.
      }
    }
  }

  private static String valueOf(String pair) {
    return pair.substring(pair.indexOf('=') + 1).strip();
  }

  /** Remembers a secret, and what it looks like in JSON and in a URL. */
  private void remember(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
      secrets.add(Cassette.escaped(secret));
      secrets.add(URLEncoder.encode(secret, UTF_8));
      secrets.add(URLEncoder.encode(secret, UTF_8).replace("+", "%20"));
    }
  }

  private static @Nullable MediaType mediaType(Headers headers) {
    var type = headers.get("Content-Type");
    return type == null ? null : MediaType.parse(type);
  }

  /** Returns how a text of a media type is turned into bytes and back. */
  static Charset charset(@Nullable MediaType type) {
    var named = type == null ? null : type.charset(UTF_8);
    return named == null ? UTF_8 : named;
  }

  private static boolean isText(@Nullable MediaType type) {
    return type != null && (type.type().equals("text") || isJson(type) || isForm(type));
  }

  private static boolean isJson(MediaType type) {
    return type.subtype().equals("json") || type.subtype().endsWith("+json");
  }

  private static boolean isForm(MediaType type) {
    return type.subtype().equals("x-www-form-urlencoded");
  }

  private static String subtype(@Nullable MediaType type) {
    return type == null ? "no type" : type.type() + "/" + type.subtype();
  }
}
