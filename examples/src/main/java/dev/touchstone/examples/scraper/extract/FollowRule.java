package dev.touchstone.examples.scraper.extract;

import com.google.re2j.Pattern;
import dev.touchstone.examples.scraper.address.Addresses;
import dev.touchstone.examples.scraper.page.HtmlPage;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.select.Evaluator;

/**
 * Which links of a page are followed.
 *
 * @param css the elements whose {@code href} or {@code src} is followed; every link of the page if empty
 * @param pattern what must be found in the address; anything if empty
 * @param priority higher ones are followed earlier
 */
record FollowRule(Optional<Evaluator> css, Optional<Pattern> pattern, int priority) {

  Stream<Target> find(HtmlPage page) {
    return addresses(page)
        .filter(
            address -> pattern.map(p -> p.matcher(address.toString()).find()).orElse(true))
        .map(address -> new Target(address, priority));
  }

  private Stream<URI> addresses(HtmlPage page) {
    var resolver = Addresses.resolver(page.base());
    return css.map(selector -> page.document().select(selector).stream()
            .flatMap(element -> resolver.apply(ValueType.URL.textOf(element)).stream()))
        .orElseGet(() -> page.links().stream());
  }
}
