package dev.touchstone.examples.pluginapp;

import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RequestFilter;
import dev.touchstone.examples.gateway.route.RequestFilters;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Lets plugins put filters before the routes of a gateway. A plugin may be replaced while requests are
 * under way: each is filtered by the version that is in use when it comes.
 */
public final class GatewayFilters implements RequestFilters {

  private final Supplier<Workbench> workbench;

  private GatewayFilters(Supplier<Workbench> workbench) {
    this.workbench = workbench;
  }

  /**
   * Returns the filters of the plugins of a workbench.
   *
   * @param workbench asked when a definition names a filter; loads what has come since
   */
  public static GatewayFilters of(Supplier<Workbench> workbench) {
    return new GatewayFilters(workbench);
  }

  @Override
  public Set<String> names() {
    workbench.get().load();
    return workbench.get().requestFilters().list().stream()
        .map(filter -> filter.use(RequestFilter::name))
        .collect(Collectors.toSet());
  }

  @Override
  public void check(String name, Map<String, String> options) {
    current(name).use(filter -> {
      filter.check(options);
      return true;
    });
  }

  @Override
  public RouteHandler before(RouteHandler next, String name, Map<String, String> options) {
    return new Leased(current(name), options, next);
  }

  private Current<RequestFilter> current(String name) {
    return new Current<>(() -> workbench.get().requestFilters(), RequestFilter::name, name);
  }

  private record Leased(
      Current<RequestFilter> current, Map<String, String> options, RouteHandler next)
      implements RouteHandler {

    @Override
    public void handle(Exchange exchange)
        throws ProblemException, IOException, InterruptedException {
      var failure = current.use(filter -> failureOf(filter, exchange));
      if (failure.isEmpty()) {
        return;
      }
      switch (failure.get()) {
        case ProblemException problem -> throw problem;
        case IOException broken -> throw broken;
        case InterruptedException givenUp -> throw givenUp;
        default -> throw new IllegalStateException("no other is caught", failure.get());
      }
    }

    private Optional<Exception> failureOf(RequestFilter filter, Exchange exchange) {
      try {
        filter.filter(exchange, options, next);
        return Optional.empty();
      } catch (ProblemException | IOException | InterruptedException e) {
        return Optional.of(e);
      }
    }
  }
}
