package dev.touchstone.examples.gateway.edge;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How the edge listens and what it lets in.
 *
 * @param host the address to listen on, such as {@code 127.0.0.1}, or {@code 0.0.0.0} for all
 * @param port from 0 to 65535; 0 for a free one
 * @param maxHeaderBytes the greatest length of a request's line and fields together
 * @param headTimeout how long the line and the fields may take to arrive, from their first byte
 * @param idleTimeout how long a connection may lie still between requests, within a body, or while the
 *     client takes nothing of an answer
 * @param stopTimeout how long a stopping server waits for the requests under way
 * @param trustedProxies ranges such as {@code 10.0.0.0/8} whose {@code Forwarded} and {@code
 *     X-Forwarded-*} fields and request identifiers are believed
 * @param liberties what paths may have although backends read it in different ways
 */
public record EdgeOptions(
    String host,
    int port,
    int maxHeaderBytes,
    Duration headTimeout,
    Duration idleTimeout,
    Duration stopTimeout,
    List<String> trustedProxies,
    Set<PathLiberty> liberties) {

  /**
   * Loopback, a free port, heads of 16 KiB within 10 seconds, 30 seconds idle, 10 seconds to stop,
   * nobody trusted, no liberties.
   */
  public static final EdgeOptions DEFAULT = new EdgeOptions(
      "127.0.0.1",
      0,
      16 * 1024,
      Duration.ofSeconds(10),
      Duration.ofSeconds(30),
      Duration.ofSeconds(10),
      List.of(),
      Set.of());

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public EdgeOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, was " + port);
    }
    if (maxHeaderBytes < 256 || maxHeaderBytes > 1 << 20) {
      throw new IllegalArgumentException(
          "maxHeaderBytes must be from 256 to 1048576, was " + maxHeaderBytes);
    }
    positive(headTimeout, "headTimeout");
    positive(idleTimeout, "idleTimeout");
    positive(stopTimeout, "stopTimeout");
    trustedProxies = List.copyOf(trustedProxies);
    liberties = Set.copyOf(liberties);
  }

  private static void positive(Duration time, String name) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive, was " + time);
    }
  }

  /** Returns these options with another address. */
  public EdgeOptions withAddress(String otherHost, int otherPort) {
    return new EdgeOptions(
        otherHost,
        otherPort,
        maxHeaderBytes,
        headTimeout,
        idleTimeout,
        stopTimeout,
        trustedProxies,
        liberties);
  }

  /** Returns these options with other times. */
  public EdgeOptions withTimeouts(Duration head, Duration idle, Duration stop) {
    return new EdgeOptions(host, port, maxHeaderBytes, head, idle, stop, trustedProxies, liberties);
  }

  /** Returns these options with other trusted proxies. */
  public EdgeOptions withTrustedProxies(String... ranges) {
    return new EdgeOptions(
        host,
        port,
        maxHeaderBytes,
        headTimeout,
        idleTimeout,
        stopTimeout,
        List.of(ranges),
        liberties);
  }

  /** Returns these options with other liberties. */
  public EdgeOptions withLiberties(PathLiberty... others) {
    return new EdgeOptions(
        host,
        port,
        maxHeaderBytes,
        headTimeout,
        idleTimeout,
        stopTimeout,
        trustedProxies,
        Set.of(others));
  }
}
