package dev.touchstone.examples.gateway;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A real proxy in front of gateways, with a socket of the file system for each of them. */
final class FrontServer implements AutoCloseable {

  private final ServerProgram program;
  private final List<UnixDomainSocketAddress> addresses;

  private FrontServer(ServerProgram program, List<UnixDomainSocketAddress> addresses) {
    this.program = program;
    this.addresses = addresses;
  }

  static FrontServer nginx(Path folder, List<Integer> gateways) throws IOException {
    var servers = each(gateways, """
        upstream gateway%2$d { server 127.0.0.1:%3$d; keepalive 4; }
        server {
          listen unix:%1$s/front%2$d;
          location / { proxy_pass http://gateway%2$d; }
        }
        """, folder);
    var http = """
        client_header_timeout 1s;
        client_body_timeout 1s;
        keepalive_timeout 1s;
        lingering_close off;
        proxy_http_version 1.1;
        proxy_request_buffering off;
        proxy_next_upstream off;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        """;
    return start(ServerProgram.nginx(folder, http + servers), folder, gateways.size());
  }

  static FrontServer haproxy(Path folder, List<Integer> gateways) throws IOException {
    var servers = each(gateways, """
        frontend front%2$d
          bind unix@%1$s/front%2$d
          default_backend gateway%2$d
        backend gateway%2$d
          server one 127.0.0.1:%3$d
        """, folder);
    var defaults = """
        defaults
          mode http
          retries 0
          http-reuse always
          timeout connect 5s
          timeout client 1s
          timeout http-request 1s
          timeout server 10s
        """;
    return start(ServerProgram.haproxy(folder, defaults + servers), folder, gateways.size());
  }

  private static String each(List<Integer> gateways, String template, Path folder) {
    return IntStream.range(0, gateways.size())
        .mapToObj(i -> template.formatted(folder, i, gateways.get(i)))
        .collect(joining());
  }

  private static FrontServer start(ServerProgram program, Path folder, int count)
      throws IOException {
    var addresses = IntStream.range(0, count)
        .mapToObj(i -> UnixDomainSocketAddress.of(folder.resolve("front" + i)))
        .toList();
    if (!program.awaitListening(addresses)) {
      throw new IllegalStateException("the front ended: " + program.output());
    }
    return new FrontServer(program, addresses);
  }

  /** Returns where the gateway of that number is reached through this. */
  UnixDomainSocketAddress address(int gateway) {
    return addresses.get(gateway);
  }

  @Override
  public void close() {
    program.close();
  }
}
