package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.extract.Target;
import dev.touchstone.examples.scraper.frontier.Found;
import dev.touchstone.examples.scraper.frontier.Frontier;
import dev.touchstone.examples.scraper.frontier.Lease;
import dev.touchstone.examples.scraper.frontier.Rejected;
import dev.touchstone.examples.scraper.politeness.RobotsRules;
import dev.touchstone.examples.scraper.rule.Candidate;
import dev.touchstone.examples.scraper.rule.Filters;
import dev.touchstone.examples.scraper.rule.Rule;
import dev.touchstone.examples.scraper.rule.Verdict;
import dev.touchstone.examples.scraper.sitemap.Sitemap;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Decides which of the addresses that a crawl comes upon it goes to. */
final class Gate {

  /*
   * What lies outside of the site is nobody's question, and there is much of it: it is dropped without a
   * trace. What the rules keep out is written down, so that "crawl why" can tell.
   *
   * A budget counts an address once, so it is asked about new ones only: neither known to the frontier
   * nor found since the last commit.
   */

  private static final int SITEMAP_PRIORITY = 1_000;

  private final Frontier frontier;
  private final Committer committer;
  private final Scope origins = new Scope();
  private final Rule scope;
  private final Filters filters;

  Gate(CrawlPlan plan, Frontier frontier, Committer committer) {
    this.frontier = frontier;
    this.committer = committer;
    scope = plan.scope().orElse(origins);
    filters = plan.filters().get();
    frontier.starts().forEach(origins::include);
    if (!filters.budgets().isEmpty()) {
      frontier.forEach(this::count);
    }
  }

  /** Offers a link of a page. */
  void follow(Lease lease, Target target) {
    var depth = lease.link().depth() + 1;
    offer(new Found(target.address(), depth, target.priority(), Optional.of(lease)));
  }

  /** Offers what a sitemap lists, other sitemaps before the pages. */
  void follow(Lease lease, Sitemap sitemap) {
    sitemap.sitemaps().forEach(other -> follow(lease, new Target(other, SITEMAP_PRIORITY)));
    sitemap.pages().forEach(page -> follow(lease, new Target(page, 0)));
  }

  /** Offers the target of a redirect. It is no step away: it has the depth of what led there. */
  void followRedirect(Lease lease, URI target) {
    var depth = lease.link().depth();
    if (depth == 0) {
      origins.include(target); // the seed names the site by an old address
    }
    offer(new Found(target, depth, 0, Optional.of(lease)));
  }

  /**
   * Offers the sitemaps of a site: those that it names, else the one at the usual address, where most
   * sites have one.
   */
  void followSitemaps(String origin, RobotsRules rules) {
    var site = URI.create(origin + "/");
    var named = rules.sitemaps().stream()
        .flatMap(address -> Addresses.resolve(site, address).stream())
        .toList();
    var sitemaps = named.isEmpty() ? List.of(site.resolve("sitemap.xml")) : named;
    sitemaps.forEach(address -> offer(new Found(address, 1, SITEMAP_PRIORITY, Optional.empty())));
  }

  /** Lets an address in, or writes down why not. */
  private void offer(Found found) {
    var candidate = new Candidate(found.address(), found.depth());
    if (!scope.judge(candidate).isAccepted()
        || frontier.isKnown(found.address())
        || committer.isFound(found.address())) {
      return;
    }
    var verdict = judge(candidate);
    if (verdict.isAccepted()) {
      count(found.address());
      committer.found(found);
    } else {
      committer.rejected(
          new Rejected(found.address(), found.depth(), verdict.reason(), found.on()));
    }
  }

  private Verdict judge(Candidate candidate) {
    var verdict = filters.judge(candidate);
    for (var budget : filters.budgets()) {
      if (verdict.isAccepted()) {
        verdict = budget.judge(candidate.address());
      }
    }
    return verdict;
  }

  private void count(URI address) {
    filters.budgets().forEach(budget -> budget.take(address));
  }
}
