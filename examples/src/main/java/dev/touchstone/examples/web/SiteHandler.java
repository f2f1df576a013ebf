package dev.touchstone.examples.web;

import static dev.touchstone.examples.web.Html.tag;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request: checks who asks, finds the endpoint, sends what it says. */
final class SiteHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(SiteHandler.class);

  /** The request header by which the script asks for the content alone. */
  static final String FRAGMENT = "Touchstone-Fragment";

  private static final String HTML = "text/html; charset=utf-8";

  private final Site site;
  private final Access access;
  private final Assets assets = Assets.load();
  private final Layout layout;

  SiteHandler(Site site, Access access) {
    this.site = site;
    this.access = access;
    layout = new Layout(site, assets);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var exchange = new Exchange(request, response, callback);
    try {
      admit(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(exchange, new Answer.Problem(503, "The program is ending."));
    } catch (IOException | RuntimeException failure) {
      LOG.warn("{} {} failed", exchange.method(), exchange.address(), failure);
      refuse(
          exchange, new Answer.Problem(500, "This page failed. The log of the program says why."));
    }
    return true;
  }

  private void admit(Exchange exchange) throws IOException, InterruptedException {
    var host = requireNonNullElse(exchange.requestHeader("Host"), "");
    if (!access.isOurHost(host)) {
      tell(exchange, new Answer.Problem(421, "This server is not '" + host + "'."));
      return;
    }
    var asset = assets.at(exchange.path());
    if (asset.isPresent()) {
      send(exchange, asset.get());
      return;
    }
    var query = Parameters.parse(exchange.query());
    if (query.isEmpty()) {
      tell(exchange, new Answer.Problem(400, "The address has a broken escape after its '?'."));
    } else if (exchange.method().equals("GET") && access.isToken(query.get().get("token"))) {
      exchange.header("Set-Cookie", access.cookie());
      redirect(exchange, exchange.address()); // without the token, which would stay in the history
    } else if (access.isBearer(exchange.requestHeader("Authorization"))) {
      route(exchange, query.get(), Sender.PROGRAM);
    } else if (access.isToken(exchange.cookie(access.cookieName()))) {
      route(exchange, query.get(), Sender.BROWSER);
    } else {
      refuseStranger(exchange);
    }
  }

  private void send(Exchange exchange, Assets.Asset asset) {
    exchange
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .sendTagged(asset.contentType(), asset.content(), asset.version());
  }

  /** What sent a request. */
  private enum Sender {
    /** It showed the token: nobody can make it do so who does not know the token. */
    PROGRAM,
    /** It sends its cookie with whatever any page makes it send. */
    BROWSER
  }

  private void route(Exchange exchange, Map<String, String> query, Sender sender)
      throws IOException, InterruptedException {
    var match = site.route(exchange.method(), exchange.path());
    if (match.isEmpty()) {
      refuseRoute(exchange);
      return;
    }
    var body = exchange.body();
    if (body.isEmpty()) {
      refuse(exchange, new Answer.Problem(413, "The body must be at most 64 KiB long."));
      return;
    }
    var isForm = exchange.isForm();
    var form = Parameters.parse(isForm ? body.get() : "");
    if (form.isEmpty()) {
      refuse(exchange, new Answer.Problem(400, "The form has a broken escape."));
      return;
    }
    if (sender == Sender.BROWSER && !exchange.method().equals("GET")) {
      var forgery = access.forgery(
          requireNonNullElse(exchange.requestHeader("Host"), ""),
          exchange.requestHeader("Origin"),
          form.get().get(WebRequest.CSRF_FIELD));
      if (forgery.isPresent()) {
        refuse(exchange, new Answer.Problem(403, "Refused: " + forgery.get() + "."));
        return;
      }
    }
    var request = new WebRequest(
        exchange.method(),
        exchange.path(),
        match.get().parts(),
        query,
        form.get(),
        isForm ? "" : body.get(),
        access.csrf());
    send(exchange, match.get().endpoint().answer(request));
  }

  private void send(Exchange exchange, Answer answer) {
    switch (answer) {
      case Answer.Page page
      when exchange.requestHeader(FRAGMENT) != null -> {
        var fragment = layout.fragment(page);
        exchange.sendTagged(HTML, fragment, Assets.version(fragment));
      }
      case Answer.Page page -> exchange.send(200, HTML, layout.live(exchange.path(), page));
      case Answer.Text text -> exchange.send(200, text.contentType(), text.body());
      case Answer.SeeOther other -> redirect(exchange, other.path());
      case Answer.Problem problem -> refuse(exchange, problem);
    }
  }

  private static void redirect(Exchange exchange, String address) {
    exchange.header("Location", address).send(303, HTML, "");
  }

  private void refuseRoute(Exchange exchange) {
    var methods = site.methods(exchange.path());
    if (methods.isEmpty()) {
      refuse(exchange, new Answer.Problem(404, "There is no page " + exchange.path() + "."));
    } else {
      var allowed = String.join(", ", methods);
      exchange.header("Allow", allowed);
      refuse(
          exchange,
          new Answer.Problem(
              405, exchange.path() + " takes " + allowed + ", not " + exchange.method() + "."));
    }
  }

  private void refuseStranger(Exchange exchange) {
    exchange.header("WWW-Authenticate", "Bearer");
    var problem = new Answer.Problem(
        401,
        "Open the address that the program printed when it started: it ends in a token, which lets"
            + " you in. A program sends the token as 'Authorization: Bearer TOKEN'.");
    if (exchange.wantsHtml()) {
      exchange.send(401, HTML, layout.bare(page(problem)));
    } else {
      tell(exchange, problem);
    }
  }

  private void refuse(Exchange exchange, Answer.Problem problem) {
    if (exchange.wantsHtml() && exchange.requestHeader(FRAGMENT) == null) {
      exchange.send(problem.status(), HTML, layout.still(exchange.path(), page(problem)));
    } else {
      tell(exchange, problem);
    }
  }

  /** Refuses in a line: also whoever has not been let in, and may not even see what there is. */
  private static void tell(Exchange exchange, Answer.Problem problem) {
    exchange.send(problem.status(), "text/plain; charset=utf-8", problem.message() + "\n");
  }

  private static Answer.Page page(Answer.Problem problem) {
    var title = HttpStatus.getMessage(problem.status());
    return new Answer.Page(
        title,
        Html.of(
            tag("p", problem.message()), tag("p", "Status " + problem.status()).styled("muted")));
  }
}
