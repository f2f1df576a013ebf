package dev.touchstone.examples.scraper.fetch;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An answer as it came, for an archive. Nobody changes its body. */
public final class Exchange {

  private final URI address;
  private final Instant at;
  private final int status;
  private final Map<String, List<String>> headers;
  private final Body body;

  Exchange(URI address, Instant at, int status, Map<String, List<String>> headers, Body body) {
    this.address = requireNonNull(address, "address");
    this.at = requireNonNull(at, "at");
    this.status = status;
    this.headers = requireNonNull(headers, "headers");
    this.body = requireNonNull(body, "body");
  }

  /** Returns what was asked for. */
  public URI address() {
    return address;
  }

  /** Returns when the answer began. */
  public Instant at() {
    return at;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the headers, in the order of their names. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** Returns the body as it came over the network, chunks joined. */
  public byte[] body() {
    return body.wire();
  }

  /** Returns whether a limit cut something off the end of the body. */
  public boolean isCut() {
    return body.isCut();
  }
}
