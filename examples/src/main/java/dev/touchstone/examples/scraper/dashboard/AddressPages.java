package dev.touchstone.examples.scraper.dashboard;

import static dev.touchstone.examples.web.Html.link;
import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.frontier.AddressView;
import dev.touchstone.examples.scraper.frontier.AddressView.State;
import dev.touchstone.examples.scraper.frontier.CrawlView.ListedAddress;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Element;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;
import dev.touchstone.examples.web.WebRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses: in lists by what became of them, and one by one. */
final class AddressPages {

  private static final int ROWS = 50;
  private static final List<String> OUTCOMES =
      List.of("page", "redirect", "other", "refused", "failed", "excluded");

  private final CrawlData data;

  AddressPages(CrawlData data) {
    this.data = data;
  }

  /** Lists the addresses of one outcome. */
  Answer list(WebRequest request) {
    var wanted = request.parameter("outcome").orElse("page");
    var outcome = wanted.equals("waiting") ? Optional.<String>empty() : Optional.of(wanted);
    var reason = request.parameter("reason");
    var after = request
        .parameter("after")
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(0L);
    var found = data.look(view -> view.addresses(outcome, reason, after, ROWS + 1));
    var rows = found.subList(0, Math.min(ROWS, found.size()));
    var heading = outcome.map(Terms::outcomes).orElse("Waiting")
        + reason.map(text -> ": " + text).orElse("");
    return new Answer.Page(
        "Addresses",
        Html.of(
            tabs(wanted),
            Panel.of(heading, table(wanted, rows).orElse("None.")),
            found.size() > ROWS ? more(wanted, reason, rows.getLast().id()) : Html.none()));
  }

  private static Html tabs(String wanted) {
    var tabs = tag("ul").styled("tabs");
    for (var outcome : OUTCOMES) {
      tabs.add(tag("li", tab(outcome, Terms.outcomes(outcome), wanted)));
    }
    return tag("nav", tabs.add(tag("li", tab("waiting", "Waiting", wanted))))
        .with("aria-label", "Outcomes");
  }

  private static Element tab(String outcome, String label, String wanted) {
    var tab = link("/addresses?outcome=" + outcome, label);
    return outcome.equals(wanted) ? tab.with("aria-current", "page") : tab;
  }

  private static Html more(String outcome, Optional<String> reason, long after) {
    var query = "outcome=" + Terms.encoded(outcome)
        + reason.map(text -> "&reason=" + Terms.encoded(text)).orElse("") + "&after=" + after;
    return tag("p", link("/addresses?" + query, "The next " + ROWS));
  }

  /* Only columns in which this outcome has something. */
  private static Table table(String outcome, List<ListedAddress> rows) {
    var hasStatus = rows.stream().anyMatch(row -> row.status().isPresent());
    var detail = Terms.detail(outcome);
    var table = new Table("Addresses, in the order in which they were found")
        .column("Address", Style.ADDRESS);
    if (hasStatus) {
      table.column("Status", Style.NUMBER);
    }
    detail.ifPresent(label -> table.column(label, Style.ADDRESS));
    for (var row : rows) {
      var cells = new ArrayList<Html>(List.of(Terms.address(row.address())));
      if (hasStatus) {
        cells.add(Html.text(row.status().map(Object::toString).orElse("")));
      }
      detail.ifPresent(label ->
          cells.add(row.detail().map(text -> Terms.detail(outcome, text)).orElse(Html.none())));
      table.row(cells.toArray(Html[]::new));
    }
    return table;
  }

  /** Tells what is known of one address. */
  Answer one(WebRequest request) {
    var text = request.parameter("url").orElse("");
    var canonical = Addresses.canonical(text);
    if (canonical.isEmpty()) {
      return said(
          "An address must begin with http:// or https:// and name a host, was '" + text + "'.");
    }
    var history = data.look(view -> view.history(canonical.get()));
    return history
        .address()
        .map(address -> found(address, history.trail()))
        .orElseGet(() -> said("The crawl never came upon " + canonical.get() + "."));
  }

  private static Answer said(String sentence) {
    return new Answer.Page("Address", tag("p", sentence));
  }

  private Answer found(AddressView address, List<URI> trail) {
    return new Answer.Page(
        "Address",
        Html.of(
            tag("div", tag("span", address.address().toString()).styled("code")).styled("head"),
            Panel.row(
                Panel.of(Width.HALF, "What became of it", Html.none(), facts(address)),
                Panel.of(Width.HALF, "How the crawl came to it", Html.none(), trail(trail)))));
  }

  private Html facts(AddressView address) {
    var facts = tag("dl").styled("facts");
    fact(facts, "State", state(address));
    address.status().ifPresent(status -> fact(facts, "Status", Html.text(status.toString())));
    address
        .outcome()
        .ifPresent(kind -> Terms.detail(kind)
            .ifPresent(label -> address
                .detail()
                .ifPresent(detail -> fact(facts, label, Terms.detail(kind, detail)))));
    fact(facts, "Fetched", Html.text(Quantities.count(address.attempts(), "time", "times")));
    fact(
        facts,
        "Depth",
        Html.text(Quantities.count(address.depth(), "link", "links") + " from a seed"));
    if (address.state() != State.DONE) {
      host(address.address()).ifPresent(host -> fact(facts, "Its host", host));
    }
    return facts;
  }

  private static void fact(Element facts, String label, Html value) {
    facts.add(tag("dt", label), tag("dd", value));
  }

  private static Html state(AddressView address) {
    return switch (address.state()) {
      case QUEUED, LEASED ->
        Html.of(
            Terms.state(Optional.empty()),
            Html.text(address.state() == State.LEASED ? ", and is next" : ""));
      case DONE ->
        Html.of(
            Terms.state(address.outcome()),
            Html.text(
                address.outcome().filter("excluded"::equals).isPresent()
                    ? ": robots.txt asks not to visit it"
                    : ""));
    };
  }

  /* What an address waits for is mostly its host. */
  private Optional<Html> host(URI address) {
    var origin = Addresses.origin(address);
    return data.live()
        .map(Live::hosts)
        .flatMap(hosts -> hosts.hosts().stream()
            .filter(host -> host.origin().equals(origin))
            .findFirst()
            .map(host -> Html.of(
                Terms.state(host, hosts.now()),
                Html.text("; one request each " + Quantities.time(host.delay()) + " because of "
                    + Terms.cause(host.cause())))));
  }

  private static Html trail(List<URI> trail) {
    if (trail.size() == 1) {
      return tag("p", "It is a seed: the crawl began there.");
    }
    var list = tag("ol").styled("trail");
    for (var step : trail.subList(0, trail.size() - 1)) {
      list.add(tag("li", Terms.address(step)));
    }
    return list.add(tag("li", trail.getLast().toString()));
  }
}
