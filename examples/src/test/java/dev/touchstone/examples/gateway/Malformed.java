package dev.touchstone.examples.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests that break RFC 9112, or that servers are known to read in different ways. Each is followed
 * by what a proper client would send next, {@code GET /next}, after which the connection ends; whoever
 * takes a part of the one for the other is found out.
 */
final class Malformed {

  /** What has to become of a request. */
  enum Fate {
    /** No whole request reaches the backend, and the connection ends. */
    REFUSED,
    /** It is handed on in one way, or refused. */
    UNAMBIGUOUS
  }

  /**
   * A request.
   *
   * @param name what is wrong with it
   * @param bytes each character is one byte
   * @param fate what has to become of it when it is sent to the gateway itself
   */
  record Sample(String name, String bytes, Fate fate) {

    @Override
    public String toString() {
      return name;
    }
  }

  static final String NEXT = "GET /next HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: g\r\n\r\n";

  private final List<Sample> samples = new ArrayList<>();

  private Malformed() {}

  static List<Sample> all() {
    var malformed = new Malformed();
    malformed.lengths();
    malformed.codings();
    malformed.chunks();
    malformed.lines();
    malformed.fields();
    malformed.hosts();
    malformed.targets();
    malformed.methodsAndVersions();
    malformed.injections();
    malformed.borders();
    return malformed.samples;
  }

  private void refused(String name, String bytes) {
    samples.add(new Sample(name, bytes, Fate.REFUSED));
  }

  private void either(String name, String bytes) {
    samples.add(new Sample(name, bytes, Fate.UNAMBIGUOUS));
  }

  private static String post(String fields, String rest) {
    return "POST /first HTTP/1.1\r\nHost: g\r\n" + fields + "\r\n" + rest;
  }

  private static String get(String fields) {
    return "GET /first HTTP/1.1\r\nHost: g\r\n" + fields + "\r\n";
  }

  private void lengths() {
    refused("two lengths that differ", post("Content-Length: 4\r\nContent-Length: 5\r\n", "abcde"));
    refused("two lengths that agree", post("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd"));
    refused("a list of lengths", post("Content-Length: 4, 4\r\n", "abcd"));
    refused("a length with a sign", post("Content-Length: +4\r\n", "abcd"));
    refused("a negative length", post("Content-Length: -1\r\n", "abcd"));
    refused("a length in hexadecimal", post("Content-Length: 0x4\r\n", "abcd"));
    refused("a length with a fraction", post("Content-Length: 4.0\r\n", "abcd"));
    refused("a length with a blank inside", post("Content-Length: 1 4\r\n", "abcd"));
    refused("a length of nothing", post("Content-Length:\r\n", "abcd"));
    refused("a length that is no number", post("Content-Length: abc\r\n", "abcd"));
    refused("a length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", "abcd"));
    refused("a length with a digit of another script", post("Content-Length: 4\u00b2\r\n", "abcd"));
    either("a length with leading zeros", post("Content-Length: 0004\r\n", "abcd"));
    refused(
        "a body of GET that holds a request",
        get("Content-Length: " + SMUGGLED.length() + "\r\n") + SMUGGLED);
  }

  private void codings() {
    var chunked = "0\r\n\r\n";
    refused(
        "length and coding",
        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", chunked + SMUGGLED));
    refused(
        "coding and length",
        post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "5c\r\n" + SMUGGLED + chunked));
    refused(
        "chunked twice",
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunked));
    refused("chunked twice in a list", post("Transfer-Encoding: chunked, chunked\r\n", chunked));
    refused("chunked not last", post("Transfer-Encoding: chunked, identity\r\n", chunked));
    refused("a coding before chunked", post("Transfer-Encoding: gzip, chunked\r\n", chunked));
    refused("a coding without chunked", post("Transfer-Encoding: gzip\r\n", "abcd"));
    refused("identity", post("Transfer-Encoding: identity\r\n", "abcd"));
    refused(
        "identity with a length",
        post("Transfer-Encoding: identity\r\nContent-Length: 4\r\n", "abcd"));
    refused("an unknown coding", post("Transfer-Encoding: xchunked\r\n", chunked));
    refused("a coding of nothing", post("Transfer-Encoding:\r\n", chunked));
    refused("chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n", chunked));
    refused("chunked with a parameter", post("Transfer-Encoding: chunked;a=b\r\n", chunked));
    refused("chunked behind a vertical tab", post("Transfer-Encoding: \u000bchunked\r\n", chunked));
    refused(
        "a blank before the colon", post("Transfer-Encoding : chunked\r\n", chunked + SMUGGLED));
    refused("a coding whose name has a NUL", post("Transfer-\0Encoding: chunked\r\n", chunked));
    refused(
        "a coding in HTTP/1.0",
        "POST /first HTTP/1.0\r\nHost: g\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunked + SMUGGLED);
    either("chunked in capitals", post("Transfer-Encoding: CHUNKED\r\n", "4\r\nabcd\r\n0\r\n\r\n"));
    either(
        "chunked behind a tab", post("Transfer-Encoding:\tchunked\r\n", "4\r\nabcd\r\n0\r\n\r\n"));
    either(
        "an underscore for the hyphen",
        post("Transfer_Encoding: chunked\r\nContent-Length: 4\r\n", "abcd"));
  }

  private void chunks() {
    var te = "Transfer-Encoding: chunked\r\n";
    refused("a chunk of no length", post(te, "\r\nabcd\r\n0\r\n\r\n"));
    refused("a chunk with a sign", post(te, "+4\r\nabcd\r\n0\r\n\r\n"));
    refused("a chunk of a negative length", post(te, "-4\r\nabcd\r\n0\r\n\r\n"));
    refused("a chunk with 0x", post(te, "0x4\r\nabcd\r\n0\r\n\r\n"));
    refused("a chunk of a letter that is no digit", post(te, "g\r\nabcd\r\n0\r\n\r\n"));
    refused("a chunk longer than 64 bits", post(te, "ffffffffffffffff4\r\nabcd\r\n0\r\n\r\n"));
    refused("a chunk that ends without CRLF", post(te, "4\r\nabcdX0\r\n\r\n"));
    refused("a chunk that is longer than it says", post(te, "4\r\nabcde\r\n0\r\n\r\n"));
    refused("a chunk whose line ends in LF", post(te, "4\nabcd\r\n0\r\n\r\n"));
    refused("a chunk that ends in LF", post(te, "4\r\nabcd\n0\r\n\r\n"));
    refused("a chunk whose line ends in CR", post(te, "4\rabcd\r\n0\r\n\r\n"));
    refused("an extension with LF inside", post(te, "4;a\nb\r\nabcd\r\n0\r\n\r\n"));
    refused("an extension with NUL inside", post(te, "4;a\0b\r\nabcd\r\n0\r\n\r\n"));
    refused("a last chunk that ends in LF", post(te, "4\r\nabcd\r\n0\n\n"));
    either("an extension", post(te, "4;name=value\r\nabcd\r\n0\r\n\r\n"));
    either("a blank before the chunk's end", post(te, "4 \r\nabcd\r\n0\r\n\r\n"));
    either(
        "a trailer that changes the length",
        post(te, "4\r\nabcd\r\n0\r\nContent-Length: 50\r\n\r\n"));
    either(
        "a trailer that is a request", post(te, "4\r\nabcd\r\n0\r\nX: " + "GET /smuggled\r\n\r\n"));
    either("a chunk of many zeros", post(te, "0000004\r\nabcd\r\n0\r\n\r\n"));
  }

  private void lines() {
    refused("a request line that ends in LF", "GET /first HTTP/1.1\nHost: g\r\n\r\n");
    refused("a field that ends in LF", "GET /first HTTP/1.1\r\nHost: g\nX: y\r\n\r\n");
    refused("a head that ends in LF LF", "GET /first HTTP/1.1\r\nHost: g\n\n");
    refused("a head that ends in CRLF LF", "GET /first HTTP/1.1\r\nHost: g\r\n\n");
    refused("a field that ends in CR", "GET /first HTTP/1.1\r\nHost: g\rX: y\r\n\r\n");
    refused("a bare CR in a value", get("X: a\rb\r\n"));
    refused("two CR before LF", "GET /first HTTP/1.1\r\r\nHost: g\r\n\r\n");
    refused("a continued field", get("X: a\r\n b\r\n"));
    refused("a continued length", post("Content-Length:\r\n 4\r\n", "abcd"));
    refused("a continued coding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"));
    refused("a blank line that is not empty", "GET /first HTTP/1.1\r\nHost: g\r\n \r\n\r\n");
    refused(
        "a field before the first one, continued",
        "GET /first HTTP/1.1\r\n X: y\r\nHost: g\r\n\r\n");
    either("a blank line before the request", "\r\n" + get(""));
    refused("a bare LF before the request", "\n" + get(""));
  }

  private void fields() {
    refused("a field without a colon", get("Nonsense\r\n"));
    refused("a field without a name", get(": value\r\n"));
    refused("a name with a blank", get("X Y: z\r\n"));
    refused("a blank before a colon", get("X : y\r\n"));
    refused("a name in parentheses", get("(X): y\r\n"));
    refused("a name of another alphabet", get("X\u00e4: y\r\n"));
    refused("NUL in a value", get("X: a\0b\r\n"));
    refused("DEL in a value", get("X: a\u007fb\r\n"));
    refused("ESC in a value", get("X: a\u001bb\r\n"));
    refused("a value of another alphabet", get("X: \u00e4\r\n"));
    refused("a hundred and one fields", get("X: y\r\n".repeat(101)));
    either("a value of nothing", get("X:\r\n"));
  }

  private void hosts() {
    refused("no host", "GET /first HTTP/1.1\r\n\r\n");
    refused("two hosts", get("Host: h\r\n"));
    refused("the same host twice", get("Host: g\r\n"));
    refused("a host of nothing", "GET /first HTTP/1.1\r\nHost:\r\n\r\n");
    refused("a host with a user", "GET /first HTTP/1.1\r\nHost: user@g\r\n\r\n");
    refused("a host with a path", "GET /first HTTP/1.1\r\nHost: g/x\r\n\r\n");
    refused("a host with a blank", "GET /first HTTP/1.1\r\nHost: g h\r\n\r\n");
    refused("a list of hosts", "GET /first HTTP/1.1\r\nHost: g, h\r\n\r\n");
    refused("a port that is none", "GET /first HTTP/1.1\r\nHost: g:99999\r\n\r\n");
    refused(
        "a host that the target contradicts", "GET http://other/first HTTP/1.1\r\nHost: g\r\n\r\n");
    either("a target with a host", "GET http://g/first HTTP/1.1\r\nHost: g\r\n\r\n");
  }

  private void targets() {
    for (var path : List.of(
        "/a%2Fb",
        "/a%2fb",
        "/a%5Cb",
        "/a\\b",
        "/a//b",
        "//first",
        "/a/../first",
        "/a/%2e%2e/first",
        "/a/.%2E/first",
        "/./first",
        "/first;x=1",
        "/a/..;/first",
        "/first%00",
        "/first%0d%0aX:%20y",
        "/first%zz",
        "/first%",
        "/first%c0%af",
        "/first%u002f",
        "/first#x",
        "/fir\u00e4st",
        "/fir\0st",
        "/fir\u007fst",
        "/fir\tst",
        "first",
        "?first",
        "*",
        "http:first",
        "/a b")) {
      refused(
          "the target "
              + path.chars()
                  .mapToObj(c -> c > ' ' && c < 127 ? Character.toString(c) : "<%02x>".formatted(c))
                  .reduce("", String::concat),
          "GET " + path + " HTTP/1.1\r\nHost: g\r\n\r\n");
    }
    either("a target with a quote", "GET /first?a=\"b\" HTTP/1.1\r\nHost: g\r\n\r\n");
    either("a target with braces", "GET /first?a={b}|c HTTP/1.1\r\nHost: g\r\n\r\n");
  }

  private void methodsAndVersions() {
    refused(
        "CONNECT",
        "CONNECT g:80 HTTP/1.1\r\nHost: g:80\r\n\r\nGET /first HTTP/1.1\r\nHost: g\r\n\r\n");
    refused("TRACE", "TRACE /first HTTP/1.1\r\nHost: g\r\n\r\n");
    refused("a method in lower case", "get /first HTTP/1.1\r\nHost: g\r\n\r\n");
    refused("a method with a colon", "GE:T /first HTTP/1.1\r\nHost: g\r\n\r\n");
    refused("no method", " /first HTTP/1.1\r\nHost: g\r\n\r\n");
    either("two blanks after the method", "GET  /first HTTP/1.1\r\nHost: g\r\n\r\n");
    refused("a tab after the method", "GET\t/first HTTP/1.1\r\nHost: g\r\n\r\n");
    refused("a blank after the version", "GET /first HTTP/1.1 \r\nHost: g\r\n\r\n");
    refused("no version", "GET /first\r\nHost: g\r\n\r\n");
    refused("version 0.9", "GET /first HTTP/0.9\r\nHost: g\r\n\r\n");
    refused("version 1.2", "GET /first HTTP/1.2\r\nHost: g\r\n\r\n");
    refused("version 2.0 in the line", "GET /first HTTP/2.0\r\nHost: g\r\n\r\n");
    either("a version in lower case", "GET /first http/1.1\r\nHost: g\r\n\r\n");
    refused("a version with a leading zero", "GET /first HTTP/01.1\r\nHost: g\r\n\r\n");
    refused("TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003");
    either(
        "an upgrade to h2c",
        get(
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAA\r\n"));
    either(
        "an upgrade to WebSocket",
        get("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n"));
    either("HTTP/1.0", "GET /first HTTP/1.0\r\nHost: g\r\nConnection: keep-alive\r\n\r\n");
  }

  private void injections() {
    either("Connection names a field", get("Connection: X-Secret\r\nX-Secret: 1\r\n"));
    either(
        "Connection names the length",
        post("Connection: Content-Length\r\nContent-Length: 4\r\n", "abcd"));
    either("Connection names the host", get("Connection: Host\r\n"));
    either(
        "fields of the gateway",
        get(
            "X-Authenticated-Subject: admin\r\nX_Authenticated_Subject: admin\r\nForwarded: for=1.1.1.1\r\n"
                + "X-Forwarded-For: 1.1.1.1\r\nX-Real-IP: 1.1.1.1\r\nVia: 1.1 other\r\n"));
    either("an encoded line break in the query", get("").replace("/first", "/first?a=%0d%0aX:y"));
  }

  private void borders() {
    refused(
        "a request in the body of another, by a wrong length",
        post("Content-Length: 6\r\nContent-Length : 50\r\n", "0\r\n\r\nG"));
    either("a request in a body", post("Content-Length: " + SMUGGLED.length() + "\r\n", SMUGGLED));
    either(
        "a request in a chunk",
        post(
            "Transfer-Encoding: chunked\r\n",
            Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n0\r\n\r\n"));
    either("Expect", post("Expect: 100-continue\r\nContent-Length: 4\r\n", "abcd"));
    refused("Expect something else", post("Expect: 200-ok\r\nContent-Length: 4\r\n", "abcd"));
  }
}
