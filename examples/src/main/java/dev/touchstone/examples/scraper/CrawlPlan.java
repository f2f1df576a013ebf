package dev.touchstone.examples.scraper;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.extract.Extractor;
import dev.touchstone.examples.scraper.rule.Candidate;
import dev.touchstone.examples.scraper.rule.Filters;
import dev.touchstone.examples.scraper.rule.Rule;
import dev.touchstone.examples.scraper.rule.Verdict;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a crawl goes, and what it takes from the pages. Immutable.
 *
 * @param scope which sites it goes to; the origins of the seeds if empty
 * @param filters which of their addresses; made for each crawl, because budgets count
 * @param extractor what is taken from a page
 * @param sitemaps whether the sitemaps that a site names in its {@code robots.txt} are read
 */
public record CrawlPlan(
    Optional<Rule> scope, Supplier<Filters> filters, Extractor extractor, Sitemaps sitemaps) {

  /** What is done with sitemaps. */
  public enum Sitemaps {
    /** The addresses in them are visited. */
    FOLLOW,
    /** They are not asked for. */
    IGNORE
  }

  /** The site of the seeds, {@link Filters#standard}, every link, no items, no sitemaps. */
  public static final CrawlPlan DEFAULT =
      new CrawlPlan(Optional.empty(), Filters::standard, Extractor.ofLinks(), Sitemaps.IGNORE);

  /** Checks that everything is there. */
  public CrawlPlan {
    requireNonNull(scope, "scope");
    requireNonNull(filters, "filters");
    requireNonNull(extractor, "extractor");
    requireNonNull(sitemaps, "sitemaps");
  }

  /**
   * Returns what each rule says of an address, the scope first, and what the budgets would say now.
   *
   * @param starts the addresses that the crawl started at
   * @param known gives what it is given each address that the crawl goes to
   */
  public List<Verdict> explain(
      Candidate candidate, Collection<URI> starts, Consumer<Consumer<URI>> known) {
    var sites = new Scope();
    starts.forEach(sites::include);
    var verdicts = new ArrayList<Verdict>();
    verdicts.add(scope.orElse(sites).judge(candidate));
    verdicts.addAll(filters.get().explain(candidate, known));
    return verdicts;
  }
}
