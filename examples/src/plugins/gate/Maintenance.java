package dev.touchstone.plugins.gate;

import dev.touchstone.examples.gateway.route.Exchange;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.RequestFilter;
import dev.touchstone.examples.gateway.route.RouteHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Answers 503 for as long as a file is there, which somebody puts there and takes away. */
public final class Maintenance implements RequestFilter {

  private static final Set<String> OPTIONS = Set.of("file", "retryAfter");
  private static final String MINUTE = "60";

  @Override
  public String name() {
    return "maintenance";
  }

  @Override
  public String about() {
    return "answers 503 while a file is there";
  }

  @Override
  public void check(Map<String, String> options) {
    for (var name : options.keySet()) {
      if (!OPTIONS.contains(name)) {
        throw new IllegalArgumentException("maintenance has the options file and retryAfter (seconds), found '" + name + "'");
      }
    }
    var file = options.get("file");
    if (file == null || file.isBlank()) {
      throw new IllegalArgumentException("maintenance takes the name of a file: {maintenance: {file: closed}}");
    }
    try {
      Path.of(file);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected the name of a file, found '" + file + "'", e);
    }
    var seconds = options.getOrDefault("retryAfter", MINUTE);
    if (!seconds.matches("[0-9]{1,7}")) {
      throw new IllegalArgumentException("expected a number of seconds as retryAfter, found '" + seconds + "'");
    }
  }

  @Override
  public void filter(Exchange exchange, Map<String, String> options, RouteHandler next)
      throws ProblemException, IOException, InterruptedException {
    var file = options.get("file");
    if (file != null && Files.exists(Path.of(file))) {
      throw new ProblemException(
          Problem.of(503, "This is being worked on; ask again a little later."),
          HttpFields.build().put(HttpHeader.RETRY_AFTER, options.getOrDefault("retryAfter", MINUTE)),
          null);
    }
    next.handle(exchange);
  }
}
