package dev.touchstone.examples.gateway.mock;

import dev.touchstone.examples.gateway.definition.BackendDefinition;
import dev.touchstone.examples.gateway.definition.BackendDefinition.Example;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeException;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.observe.RequestObserver;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.PathTemplate;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.Terms;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Servers on the ports of the backends of a definition, which answer with the examples that stand there.
 */
public final class MockBackends implements AutoCloseable {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

  private final List<Edge> servers = new ArrayList<>();

  private MockBackends() {}

  /**
   * Starts a server for each port of this machine that a backend with examples has.
   *
   * @param observer is told of each request
   * @throws dev.touchstone.examples.yaml.YamlException if such a backend is on another machine, or two
   *     examples answer the same requests
   * @throws EdgeException if a port cannot be had
   */
  public static MockBackends open(GatewayDefinition definition, RequestObserver observer) {
    var routes = new LinkedHashMap<Integer, List<Route>>();
    for (var backend : definition.backends().values()) {
      for (var example : backend.examples()) {
        var table = routes.computeIfAbsent(port(backend), port -> new ArrayList<>());
        add(route(backend, example), table, example);
      }
    }
    var mocks = new MockBackends();
    try {
      routes.forEach((port, table) -> mocks.servers.add(Edge.open(
          EdgeOptions.DEFAULT.withAddress("127.0.0.1", port),
          new CurrentRoutes(RouteTable.of(table)),
          observer)));
    } catch (EdgeException e) {
      mocks.close();
      throw e;
    }
    return mocks;
  }

  private static int port(BackendDefinition backend) {
    var url = backend.url();
    if (!LOOPBACK.contains(url.getHost()) || !"http".equals(url.getScheme())) {
      throw backend
          .at()
          .failure("only backends at http://127.0.0.1 can be stood in for, and '" + backend.name()
              + "' is at " + url);
    }
    return url.getPort() < 0 ? 80 : url.getPort();
  }

  private static Route route(BackendDefinition backend, Example example) {
    var space = example.request().indexOf(' ');
    var below = example.request().substring(space + 1);
    var base = backend.url().getPath().replaceAll("/$", "");
    var path = below.equals("/") && !base.isEmpty() ? base : base + below;
    try {
      return new Route(
          example.request().substring(0, space),
          PathTemplate.of(path),
          Terms.DEFAULT,
          new ExampleHandler(example));
    } catch (IllegalArgumentException e) {
      throw example.at().failure(String.valueOf(e.getMessage()));
    }
  }

  private static void add(Route route, List<Route> routes, Example example) {
    routes.add(route);
    try {
      RouteTable.of(routes);
    } catch (IllegalArgumentException e) {
      throw example.at().failure(String.valueOf(e.getMessage()));
    }
  }

  /** Returns where the servers are. */
  public List<URI> uris() {
    return servers.stream().map(Edge::uri).toList();
  }

  @Override
  public void close() {
    servers.forEach(Edge::close);
  }
}
