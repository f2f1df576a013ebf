package dev.touchstone.examples.gateway.definition;

/**
 * Where a server listens.
 *
 * @param host a name or an address of this machine
 * @param port 0 for a free one
 */
public record Listen(String host, int port) {

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
