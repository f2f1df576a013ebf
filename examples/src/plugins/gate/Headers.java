package dev.touchstone.plugins.gate;

import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RequestFilter;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Adds fields to every answer of a route, as those that tell browsers what a page may do. */
public final class Headers implements RequestFilter {

  /* RFC 9110, sections 5.1 and 5.5, without what is not ASCII. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E\\t]*[\\x21-\\x7E])?");

  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "keep-alive", "trailer", "transfer-encoding", "upgrade");

  @Override
  public String name() {
    return "headers";
  }

  @Override
  public String about() {
    return "adds fields to the answers of a route";
  }

  @Override
  public void check(Map<String, String> options) {
    if (options.isEmpty()) {
      throw new IllegalArgumentException("expected fields such as {headers: {X-Frame-Options: DENY}}, found none");
    }
    options.forEach((name, value) -> {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("expected the name of a field such as X-Frame-Options, found '" + name + "'");
      }
      if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("the server itself writes " + name + "; remove it");
      }
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException("expected a line of ASCII for " + name + ", found '" + value + "'");
      }
    });
  }

  @Override
  public void filter(Exchange exchange, Map<String, String> options, RouteHandler next)
      throws ProblemException, IOException, InterruptedException {
    options.forEach(exchange::promise);
    next.handle(exchange);
  }
}
