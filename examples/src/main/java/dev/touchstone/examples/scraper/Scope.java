package dev.touchstone.examples.scraper;

import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.rule.Candidate;
import dev.touchstone.examples.scraper.rule.Rule;
import dev.touchstone.examples.scraper.rule.Verdict;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The origins that a crawl stays within if it is not told otherwise: those of its seeds, and those that a
 * seed redirects to.
 */
final class Scope implements Rule {

  private final Set<String> origins = new LinkedHashSet<>();
  private String list = "";

  void include(URI address) {
    if (origins.add(Addresses.origin(address))) {
      list = String.join(", ", origins);
    }
  }

  @Override
  public Verdict judge(Candidate candidate) {
    return origins.contains(Addresses.origin(candidate.address()))
        ? Verdict.accept("it is within " + list)
        : Verdict.reject("it is not within " + list);
  }
}
