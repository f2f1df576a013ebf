package dev.touchstone.apiclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Turns an answer into what the request asked for. */
final class Decoder {

  private Decoder() {}

  /**
   * Reads the body of an answer and closes it.
   *
   * @throws TransportException if the body was cut
   * @throws DecodeException if it is complete, but not of the type asked for
   */
  static @Nullable Object decode(CallContext call, Exchange exchange, Response response) {
    var limit = call.request.maxBytes().orElse(call.settings.maxResponseBytes());
    try (response) {
      if (call.request.type() instanceof ResponseType.Nothing) {
        return null;
      }
      var body = exchange.body(response, limit);
      try {
        var value = read(call, response, body);
        body.drain();
        return value;
      } catch (IOException | RuntimeException failure) {
        throw explain(call, exchange, response, body, limit, failure);
      }
    }
  }

  private static Object read(CallContext call, Response response, BodyStream body)
      throws IOException {
    return switch (call.request.type()) {
      case ResponseType.Json json -> call.settings.codec().read(body, json.type());
      case ResponseType.Text text -> new String(body.readAllBytes(), charset(response));
      case ResponseType.Bytes bytes -> body.readAllBytes();
      case ResponseType.Nothing nothing -> new byte[0];
    };
  }

  private static ApiException explain(
      CallContext call,
      Exchange exchange,
      Response response,
      BodyStream body,
      long limit,
      Exception failure) {
    if (body.failure() != null) {
      return exchange.lost(body.failure());
    }
    var what = body.isTooLong()
        ? "the answer has more than " + limit
            + " bytes; raise maxResponseBytes, or read it with stream()"
        : mismatch(call, response, body);
    return new DecodeException(call.request.summary(), response.code(), what, failure);
  }

  private static String mismatch(CallContext call, Response response, BodyStream body) {
    var expected = call.request.type() instanceof ResponseType.Json json
        ? "JSON of type " + name(json.type())
        : "text";
    if (body.isEmpty()) {
      return "expected " + expected + ", found an empty body with status " + response.code()
          + "; use discard() if there need not be one";
    }
    var found = response.header("Content-Type");
    return "expected " + expected + ", found " + (found == null ? "no content type" : found)
        + " that does not fit it, with status " + response.code();
  }

  private static String name(Type type) {
    return type instanceof Class<?> named ? named.getSimpleName() : type.getTypeName();
  }

  private static Charset charset(Response response) {
    var type = response.header("Content-Type");
    var parsed = type == null ? null : MediaType.parse(type);
    var charset = parsed == null ? null : parsed.charset(UTF_8);
    return charset == null ? UTF_8 : charset;
  }
}
