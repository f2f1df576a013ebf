package dev.touchstone.examples.gateway.edge;

import dev.touchstone.apiclient.time.Deadline;
import dev.touchstone.apiclient.time.TimeSource;
import dev.touchstone.examples.gateway.edge.Forwarding.Origin;
import dev.touchstone.examples.gateway.edge.Running.Reason;
import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.observe.Ended.Outcome;
import dev.touchstone.examples.gateway.observe.RequestObserver;
import dev.touchstone.examples.gateway.route.CurrentRoutes;
import dev.touchstone.examples.gateway.route.Problem;
import dev.touchstone.examples.gateway.route.ProblemException;
import dev.touchstone.examples.gateway.route.Route;
import dev.touchstone.examples.gateway.route.RouteTable;
import dev.touchstone.examples.gateway.route.RouteTable.Match;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request: checks it, finds its route, lets that answer, says what became of it. */
final class EdgeHandler extends Handler.Abstract {

  /** The attribute of requests of which the observer is told here, whatever becomes of them. */
  static final String OBSERVED = EdgeHandler.class.getName();

  private static final Logger LOG = LoggerFactory.getLogger(EdgeHandler.class);
  private static final String ID = "X-Request-Id";
  private static final Pattern PROPER_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final CurrentRoutes routes;
  private final RequestObserver observer;
  private final Overseer overseer;
  private final BooleanSupplier isStopping;
  private final RequestChecks checks;
  private final Forwarding forwarding;
  private final TimeSource time = TimeSource.system();

  EdgeHandler(
      EdgeOptions options,
      CurrentRoutes routes,
      RequestObserver observer,
      Overseer overseer,
      BooleanSupplier isStopping) {
    this.routes = routes;
    this.observer = observer;
    this.overseer = overseer;
    this.isStopping = isStopping;
    checks = new RequestChecks(options.liberties());
    forwarding = new Forwarding(options.trustedProxies());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var began = time.nanoTime();
    var origin = forwarding.origin(request);
    var exchange = new JettyExchange(request, response, origin, id(request, origin));
    request.setAttribute(OBSERVED, true);
    var endPoint = watched(request);
    if (endPoint != null) {
      endPoint.requestBegan();
    }
    var running = overseer.begin(new Running(exchange.requestBody(), endPoint));
    request.addIdleTimeoutListener(idle -> false); // the deadline ends what takes too long
    request.addFailureListener(failure -> running.giveUp(Reason.CLIENT_LEFT));
    try {
      var outcome = serve(request, exchange, running);
      if (endPoint != null) {
        endPoint.requestEnded();
      }
      observer.ended(ended(request, exchange, outcome, time.nanoTime() - began));
      if (outcome == Outcome.CLIENT_LEFT || outcome == Outcome.BROKEN_OFF) {
        callback.failed(new EofException("the answer to " + exchange.id() + " was broken off"));
      } else {
        callback.succeeded();
      }
    } finally {
      overseer.end(running);
    }
    return true;
  }

  /* HTTP/2 tells by itself that a client has lost its interest. */
  private static @Nullable WatchedEndPoint watched(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    return endPoint instanceof WatchedEndPoint watched && Overseer.isHttp1(watched)
        ? watched
        : null;
  }

  private static String id(Request request, Origin origin) {
    var given = origin.isTrusted() ? request.getHeaders().get(ID) : null;
    return given != null && PROPER_ID.matcher(given).matches()
        ? given
        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private Outcome serve(Request request, JettyExchange exchange, Running running) {
    try (var use = routes.enter()) {
      exchange.promise(ID, exchange.id());
      if (isStopping.getAsBoolean()) {
        exchange.lastOnConnection();
      }
      answer(use.table(), request, exchange, running);
      if (!exchange.isReplied()) {
        LOG.error("{} {} returned without an answer", exchange.id(), exchange.routeIfKnown());
        return refuse(exchange, failed());
      }
      return exchange.isHalfAnswered() ? Outcome.BROKEN_OFF : Outcome.ANSWERED;
    } catch (ProblemException problem) {
      log(exchange, problem);
      return refuse(exchange, running, problem);
    } catch (IOException failure) {
      return clientFailed(exchange, running, failure);
    } catch (InterruptedException e) {
      return refuse(exchange, running, new ProblemException(failed()));
    } catch (RuntimeException | Error failure) {
      if (running.reason().isEmpty() && exchange.requestBody().problem().isEmpty()) {
        LOG.error("{} {} failed", exchange.id(), exchange.routeIfKnown(), failure);
      }
      return refuse(exchange, running, new ProblemException(failed()));
    }
  }

  private void answer(RouteTable table, Request request, JettyExchange exchange, Running running)
      throws ProblemException, IOException, InterruptedException {
    try {
      find(table, request, exchange, running).handler().handle(exchange);
    } finally {
      running.end(); // from here on nobody interrupts
    }
  }

  /** Returns the route of a request that may have its answer. */
  private Route find(RouteTable table, Request request, JettyExchange exchange, Running running)
      throws ProblemException, InterruptedException {
    var wrong = checks.problem(request);
    if (wrong.isPresent()) {
      exchange.lastOnConnection();
      throw new ProblemException(wrong.get());
    }
    return switch (table.match(exchange.method(), exchange.path())) {
      case Match.Missing missing ->
        throw new ProblemException(
            Problem.of(404, "There is no route for " + exchange.path() + "."));
      case Match.WrongMethod other -> {
        var allowed = String.join(", ", other.allowed());
        throw new ProblemException(
            Problem.of(
                405, exchange.path() + " takes " + allowed + ", not " + exchange.method() + "."),
            HttpFields.build().put(HttpHeader.ALLOW, allowed),
            null);
      }
      case Match.Found found -> {
        var terms = found.route().terms();
        var deadline = Deadline.after(terms.deadline(), time);
        exchange.routed(found.route(), found.parameters(), deadline);
        running.limit(deadline);
        if (exchange.contentLength() > terms.maxBodyBytes()) {
          exchange.lastOnConnection();
          throw new ProblemException(RequestBody.tooLong(terms.maxBodyBytes()));
        }
        exchange.calledBy(terms.authenticator().authenticate(exchange));
        terms.limiter().admit(exchange);
        yield found.route();
      }
    };
  }

  private static void log(JettyExchange exchange, ProblemException problem) {
    if (problem.getCause() != null) {
      LOG.debug("{} {}", exchange.id(), problem.getMessage(), problem.getCause());
    }
  }

  private Outcome clientFailed(JettyExchange exchange, Running running, IOException failure) {
    LOG.debug("{} could not be read or answered", exchange.id(), failure);
    return running.reason().isEmpty() && exchange.requestBody().problem().isEmpty()
        ? Outcome.CLIENT_LEFT
        : refuse(exchange, running, new ProblemException(failed()));
  }

  /* What ended the request counts more than what the route made of being ended. */
  private static Outcome refuse(JettyExchange exchange, Running running, ProblemException problem) {
    if (running.reason().filter(Reason.CLIENT_LEFT::equals).isPresent()) {
      return Outcome.CLIENT_LEFT;
    }
    var ofBody = exchange.requestBody().problem();
    if (ofBody.isPresent()) {
      exchange.lastOnConnection();
      return refuse(exchange, ofBody.get());
    }
    if (running.reason().isPresent()) {
      exchange.lastOnConnection();
      return refuse(exchange, given(running.reason().get()));
    }
    return refuse(exchange, problem.problem(), problem.fields());
  }

  private static Problem given(Reason reason) {
    return reason == Reason.STOPPED
        ? Problem.of(503, "The gateway stops; ask another one, or a little later.")
        : Problem.of(504, "The answer took longer than this route may take; try again later.");
  }

  private static Problem failed() {
    return Problem.of(500, "The gateway failed; its log says why, under the id of this request.");
  }

  private static Outcome refuse(JettyExchange exchange, Problem problem) {
    return refuse(exchange, problem, HttpFields.EMPTY);
  }

  private static Outcome refuse(JettyExchange exchange, Problem problem, HttpFields more) {
    if (exchange.isReplied()) {
      return Outcome.BROKEN_OFF;
    }
    var fields = HttpFields.build(more)
        .put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .put(HttpHeader.CACHE_CONTROL, "no-store");
    try {
      exchange.reply(
          problem.status(), fields, problem.with("requestId", exchange.id()).toJson());
      return Outcome.PROBLEM;
    } catch (IOException gone) {
      LOG.debug("{} could not be told {}", exchange.id(), problem, gone);
      return Outcome.CLIENT_LEFT;
    }
  }

  private Ended ended(Request request, JettyExchange exchange, Outcome outcome, long nanos) {
    var userAgent = request.getHeaders().get(HttpHeader.USER_AGENT);
    return new Ended(
        time.now().minusNanos(nanos),
        exchange.id(),
        exchange.routeIfKnown(),
        exchange.method(),
        exchange.authority(),
        exchange.path(),
        request.getConnectionMetaData().getProtocol(),
        exchange.clientAddress(),
        exchange.caller(),
        userAgent == null ? "" : userAgent,
        outcome == Outcome.CLIENT_LEFT && !exchange.isReplied()
            ? Ended.CLIENT_CLOSED_REQUEST
            : exchange.status(),
        exchange.requestBody().count(),
        exchange.bytesSent(),
        nanos,
        outcome);
  }
}
