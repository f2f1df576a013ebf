package dev.touchstone.examples.gateway;

import static java.util.Objects.requireNonNull;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.observe.MicrometerObserver;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.aggregate.StaleValues;
import dev.touchstone.examples.gateway.aggregate.Waterfall;
import dev.touchstone.examples.gateway.aggregate.Waterfalls;
import dev.touchstone.examples.gateway.backend.Backend;
import dev.touchstone.examples.gateway.backend.Backends;
import dev.touchstone.examples.gateway.cache.AnswerCache;
import dev.touchstone.examples.gateway.definition.GatewayDefinition;
import dev.touchstone.examples.gateway.definition.Listen;
import dev.touchstone.examples.gateway.edge.Edge;
import dev.touchstone.examples.gateway.edge.EdgeOptions;
import dev.touchstone.examples.gateway.limit.RateLimiter;
import dev.touchstone.examples.gateway.observe.RequestMetrics;
import dev.touchstone.examples.gateway.observe.RequestObserver;
import dev.touchstone.examples.gateway.plan.GatewayPlan;
import dev.touchstone.examples.gateway.plan.PlanChanges;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.yaml.YamlException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A gateway that serves a definition, and another one when it is told to. Safe for use by several threads.
 */
public final class Gateway implements AutoCloseable {

  /** Where the plan comes from. */
  @FunctionalInterface
  public interface Source {

    /**
     * Reads the plan as it is now.
     *
     * @throws YamlException if there is none that can be served
     * @throws IOException if it cannot be read
     */
    GatewayPlan read() throws IOException;
  }

  /**
   * What a reload did.
   *
   * @param changes what is different now, in lines
   * @param old the requests that are still answered by the plan before
   */
  public record Reloaded(List<String> changes, CurrentRoutes.Retired old) {}

  /* Ctrl-C gives a command ten seconds. */
  private static final Duration STOP = Duration.ofSeconds(8);

  private final Source source;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ApiClient issuers = ApiClient.builder().build();
  private final Guards guards = new Guards(issuers);
  private final Waterfalls waterfalls = new Waterfalls();
  private final AnswerCache cache;
  private final StaleValues stale;
  private final CurrentRoutes routes;
  private final Edge edge;
  private final Optional<Edge> admin;

  /** Held while a plan takes the place of another; nothing that serves requests waits for it. */
  private final ReentrantLock reloading = new ReentrantLock();

  private volatile GatewayPlan plan;
  private volatile Backends backends;
  private volatile Optional<LastReload> lastReload = Optional.empty();

  private Gateway(Source source, GatewayPlan plan, RequestObserver observer) {
    this.source = source;
    this.plan = plan;
    var definition = plan.definition();
    cache = new AnswerCache(definition.cacheBytes(), TimeSource.system());
    stale = new StaleValues(definition.cacheBytes(), TimeSource.system());
    backends = Backends.open(definition.backends().values(), MicrometerObserver.of(meters));
    try {
      routes = new CurrentRoutes(wiring(backends).table(plan));
      edge = Edge.open(
          options(definition.listen(), definition),
          routes,
          RequestObserver.all(new RequestMetrics(meters), observer));
    } catch (RuntimeException e) {
      closeAllBehindTheEdge();
      throw e;
    }
    admin = definition.admin().map(listen -> openAdmin(listen, definition));
  }

  private Edge openAdmin(Listen listen, GatewayDefinition definition) {
    var table = RouteTable.of(new Administration(this, meters).routes());
    try {
      return Edge.open(options(listen, definition), new CurrentRoutes(table), request -> {});
    } catch (RuntimeException e) {
      edge.close();
      closeAllBehindTheEdge();
      throw e;
    }
  }

  private static EdgeOptions options(Listen listen, GatewayDefinition definition) {
    return EdgeOptions.DEFAULT
        .withAddress(listen.host(), listen.port())
        .withTimeouts(EdgeOptions.DEFAULT.headTimeout(), EdgeOptions.DEFAULT.idleTimeout(), STOP)
        .withTrustedProxies(definition.trust().toArray(String[]::new));
  }

  private Wiring wiring(Backends used) {
    return new Wiring(used, guards, cache, stale, waterfalls);
  }

  /**
   * Starts to serve.
   *
   * @param source is read now, and at each reload
   * @param observer is told of each request
   * @throws YamlException if there is no plan that can be served
   * @throws dev.touchstone.examples.gateway.edge.EdgeException if an address cannot be had
   * @throws IOException if the plan cannot be read
   */
  public static Gateway open(Source source, RequestObserver observer) throws IOException {
    requireNonNull(observer, "observer");
    return new Gateway(source, source.read(), observer);
  }

  /**
   * Reads the plan again, and serves it from the next request on. Requests that are under way are
   * answered by the plan that they began with. Answers that are kept, breakers and limits stay as they
   * are, as far as their entries are the same. If there is no plan that can be served, the one before
   * goes on.
   *
   * @throws YamlException if there is no plan that can be served
   * @throws RestartNeededException if the plan differs in what cannot be changed
   * @throws IOException if it cannot be read
   */
  public Reloaded reload() throws IOException {
    reloading.lock();
    try {
      var reloaded = replace(source.read());
      lastReload = Optional.of(LastReload.done(reloaded.changes()));
      return reloaded;
    } catch (IOException | RuntimeException e) {
      lastReload = Optional.of(LastReload.failed(e));
      throw e;
    } finally {
      reloading.unlock();
    }
  }

  private Reloaded replace(GatewayPlan next) {
    RestartNeededException.check(plan.definition(), next.definition());
    var changes = PlanChanges.between(plan, next);
    var others = backends.replacedBy(next.definition().backends().values());
    var old = routes.replace(wiring(others).table(next));
    backends = others;
    plan = next;
    guards.retain(next.definition());
    return new Reloaded(changes, old);
  }

  /** Returns how the last reload went; empty if there was none. */
  public Optional<LastReload> lastReload() {
    return lastReload;
  }

  /** Returns where it serves. */
  public URI uri() {
    return edge.uri();
  }

  /** Returns where its administration is; empty if it has none. */
  public Optional<URI> adminUri() {
    return admin.map(Edge::uri);
  }

  /** Returns whether requests are welcome. */
  public boolean isReady() {
    return edge.isReady();
  }

  /** Returns what is served. */
  public GatewayPlan plan() {
    return plan;
  }

  /** Returns how the backends do. */
  public List<Backend.State> backends() {
    return backends.states();
  }

  /** Returns the last requests that were answered from calls, the newest first. */
  public List<Waterfall> waterfalls() {
    return waterfalls.last();
  }

  /** Returns what the cache did so far. */
  public AnswerCache.Figures cache() {
    return cache.figures();
  }

  /** Returns what the cache did so far for a route, by its name. */
  public AnswerCache.Uses cache(String route) {
    return cache.uses(route);
  }

  /** Returns what counts the requests of a route, by its name; empty if nothing does. */
  public Optional<RateLimiter> limiter(String route) {
    return routes.table().routes().stream()
        .filter(each -> each.name().equals(route))
        .map(each -> each.terms().limiter())
        .flatMap(limiter ->
            limiter instanceof RateLimiter counting ? Stream.of(counting) : Stream.empty())
        .findFirst();
  }

  /** Stops: takes no more requests, and lets those under way come to their end for a while. */
  @Override
  public void close() {
    edge.close();
    admin.ifPresent(Edge::close);
    closeAllBehindTheEdge();
  }

  private void closeAllBehindTheEdge() {
    cache.close();
    backends.close();
    issuers.close();
    meters.close();
  }
}
