package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One request of Jetty and what is sent back. For one thread. */
final class Exchange {

  private static final int MOST_BODY = 64 * 1024;
  private static final String POLICY = String.join(
      "; ",
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'");

  private final Request request;
  private final Response response;
  private final Callback callback;

  Exchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    header("Content-Security-Policy", POLICY);
    header("X-Content-Type-Options", "nosniff");
    header("X-Frame-Options", "DENY");
    header("Referrer-Policy", "same-origin"); // with none, browsers say that forms come from "null"
    header("Cross-Origin-Opener-Policy", "same-origin");
    header("Cross-Origin-Resource-Policy", "same-origin");
    header("Cache-Control", "no-store");
  }

  /** Returns the method by which a route is chosen. */
  String method() {
    return request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
  }

  /** Returns the decoded path; Jetty has refused those that could be read in two ways. */
  String path() {
    return request.getHttpURI().getDecodedPath();
  }

  /** Returns the address of the request without what follows the path. */
  String address() {
    return "http://" + requestHeader("Host") + request.getHttpURI().getPath();
  }

  @Nullable
  String query() {
    return request.getHttpURI().getQuery();
  }

  @Nullable
  String requestHeader(String name) {
    return request.getHeaders().get(name);
  }

  @Nullable
  String cookie(String name) {
    for (var cookie : Request.getCookies(request)) {
      if (cookie.getName().equals(name)) {
        return cookie.getValue();
      }
    }
    return null;
  }

  /** Returns whether whoever asks would rather read a page than a line of text. */
  boolean wantsHtml() {
    var accept = requestHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  boolean isForm() {
    var type = requestHeader("Content-Type");
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  /** Returns the body; empty if it is longer than 64 KiB. */
  Optional<String> body() throws IOException {
    var body = Request.asInputStream(request).readNBytes(MOST_BODY + 1);
    return body.length > MOST_BODY ? Optional.empty() : Optional.of(new String(body, UTF_8));
  }

  Exchange header(String name, String value) {
    response.getHeaders().put(name, value);
    return this;
  }

  /** Sends the content, or says that it is what the client has. */
  void sendTagged(String contentType, String content, String version) {
    var tag = '"' + version + '"';
    header("ETag", tag);
    var known = requestHeader("If-None-Match");
    if (known != null && known.contains(tag)) {
      send(304, contentType, "");
    } else {
      send(200, contentType, content);
    }
  }

  /** Sends a content; Jetty leaves it out where only the head was asked for. */
  void send(int status, String contentType, String content) {
    var bytes = content.getBytes(UTF_8);
    response.setStatus(status);
    if (bytes.length > 0) {
      header("Content-Type", contentType);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    }
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
