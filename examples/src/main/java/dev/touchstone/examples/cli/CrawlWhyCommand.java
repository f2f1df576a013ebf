package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.CrawlHome;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.frontier.AddressHistory;
import dev.touchstone.examples.scraper.frontier.AddressHistory.Rejection;
import dev.touchstone.examples.scraper.frontier.AddressView;
import dev.touchstone.examples.scraper.frontier.CrawlView;
import dev.touchstone.examples.scraper.frontier.FrontierException;
import dev.touchstone.examples.scraper.politeness.RobotsRules;
import dev.touchstone.examples.scraper.politeness.RobotsVerdict;
import dev.touchstone.examples.scraper.rule.Candidate;
import dev.touchstone.examples.scraper.rule.Verdict;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Answers for one address: why it was visited, or why it was not. */
@Command(
    name = "why",
    description = {
      "Tells why an address was visited, or why it was not: who named it, what each rule says of it,",
      "which line of robots.txt decides, what went wrong on the way, and where redirects led."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CrawlWhyCommand implements Callable<Integer> {

  private static final int MOST_REDIRECTS = 10;

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "Where the crawl is kept, such as pages.jsonl.crawl.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "URL",
      converter = WebAddress.class,
      description = "The address; the crawl need not have come upon it.")
  private URI url;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec
  private CommandSpec spec;

  /** All that there is to say. */
  private record Answer(
      URI address,
      AddressHistory history,
      List<Verdict> rules,
      Optional<RobotsVerdict> robots,
      List<URI> redirects) {}

  @Override
  public Integer call() {
    var plan = DefinitionFile.load(folder).plan();
    try (var view = CrawlView.open(CrawlHome.database(folder))) {
      var history = view.history(url);
      var depth = history
          .address()
          .map(AddressView::depth)
          .or(() -> history.rejection().map(Rejection::depth));
      var origin = Addresses.origin(url);
      var answer = new Answer(
          url,
          history,
          plan.explain(new Candidate(url, depth.orElse(0)), view.starts(), view::forEachKnown),
          Optional.ofNullable(view.robots().get(origin)).map(text -> explain(origin, text)),
          redirects(view));
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(JsonMapper.shared().writeValueAsString(answer));
      } else {
        print(answer, out);
      }
      return ExitStatus.OK;
    } catch (FrontierException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private RobotsVerdict explain(String origin, String text) {
    var file = URI.create(origin + "/robots.txt");
    return RobotsRules.parse(file, text.getBytes(StandardCharsets.UTF_8)).explain(url);
  }

  private List<URI> redirects(CrawlView view) {
    var targets = new ArrayList<URI>();
    var next = view.history(url).address();
    while (next.flatMap(AddressView::outcome).filter("redirect"::equals).isPresent()
        && targets.size() < MOST_REDIRECTS) {
      var target = URI.create(next.flatMap(AddressView::detail).orElseThrow());
      targets.add(target);
      next = view.history(target).address();
    }
    return targets;
  }

  private static void print(Answer answer, PrintWriter out) {
    out.println(answer.address());
    var history = answer.history();
    history.address().ifPresent(address -> print(address, out));
    history.rejection().ifPresent(rejection -> {
      var page = rejection.foundOn().map(Object::toString).orElse("(robots.txt)");
      out.printf("  found on  %s (depth %d)%n", page, rejection.depth());
      out.printf("  rejected  %s%n", rejection.reason());
    });
    if (history.address().isEmpty() && history.rejection().isEmpty()) {
      out.println("  found on  (no page that was visited names it)");
    }
    answer
        .rules()
        .forEach(verdict ->
            out.printf("  rule      %s %s%n", verdict.isAccepted() ? "+" : "-", verdict.reason()));
    out.printf(
        "  robots    %s%n",
        answer.robots().map(CrawlWhyCommand::inWords).orElse("(robots.txt was not fetched)"));
    history
        .incidents()
        .forEach(incident -> out.printf("  tried     %s: %s%n", incident.at(), incident.text()));
    answer.redirects().forEach(target -> out.printf("  leads to  %s%n", target));
  }

  private static void print(AddressView visit, PrintWriter out) {
    var page = visit.foundOn().map(Object::toString).orElse("(a seed, or a sitemap)");
    out.printf("  found on  %s (depth %d)%n", page, visit.depth());
    out.printf("  found at  %s%n", visit.foundAt());
    visit.doneAt().ifPresent(time -> out.printf("  done at   %s%n", time));
    out.printf("  fetched   %s%n", visit.attempts() == 1 ? "once" : visit.attempts() + " times");
    var waits = visit.state() == AddressView.State.DONE ? "" : "; it waits to be visited again";
    var status = visit.status().map(code -> " (" + code + ")").orElse("");
    var detail = visit.detail().map(text -> ": " + text).orElse("");
    out.printf(
        "  outcome   %s%n",
        visit
            .outcome()
            .map(kind -> kind + status + detail + waits)
            .orElse("(it waits to be visited)"));
  }

  static String inWords(RobotsVerdict verdict) {
    var word = verdict.isAllowed() ? "allowed" : "forbidden";
    return verdict
        .line()
        .map(line -> "%s by line %d: %s".formatted(word, line, verdict.text().orElse("")))
        .orElse(word + ", no line speaks of it");
  }
}
