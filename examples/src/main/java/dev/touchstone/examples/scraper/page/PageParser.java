package dev.touchstone.examples.scraper.page;

import com.google.re2j.Pattern;
import dev.touchstone.examples.scraper.address.Addresses;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Reads HTML: the title, and the addresses that a reader of the page could go to. */
public final class PageParser {

  /** As all patterns for what others write, one of RE2: no text makes it take more than linear time. */
  private static final Pattern REFRESH = Pattern.compile(
      "\\s*[\\d.]+\\s*[;,]?\\s*(?:url\\s*=)?\\s*['\"]?([^'\"]+)['\"]?\\s*",
      Pattern.CASE_INSENSITIVE);

  /** Elements that are nested more deeply become siblings. */
  private static final int DEEPEST = 512;

  private PageParser() {}

  /**
   * Reads a page. Nothing that it contains makes this fail.
   *
   * @param content its bytes
   * @param charset what the server called its encoding, as {@link PageCharset} takes it
   * @param address where it was fetched from
   */
  public static HtmlPage parse(byte[] content, Optional<String> charset, URI address) {
    var text = new String(content, PageCharset.of(content, charset));
    var source = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var parser = Parser.htmlParser().setMaxDepth(DEEPEST);
    var document = Jsoup.parse(source, address.toString(), parser);
    var marks = Marks.of(document);
    var base = baseOf(marks, address);
    var links = List.copyOf(links(marks, base));
    return new HtmlPage(address, base, document.title(), links, document, source);
  }

  private static Set<URI> links(Marks marks, URI base) {
    if (forbidsFollowing(marks)) {
      return Set.of();
    }
    var links = new LinkedHashSet<URI>();
    var resolver = Addresses.resolver(base);
    for (var element : marks.navigation()) {
      resolver.apply(target(element)).ifPresent(links::add);
    }
    for (var meta : marks.metas()) {
      var match = REFRESH.matcher(meta.attr("content"));
      if (meta.attr("http-equiv").equalsIgnoreCase("refresh") && match.matches()) {
        resolver.apply(match.group(1)).ifPresent(links::add);
      }
    }
    return links;
  }

  private static boolean forbidsFollowing(Marks marks) {
    return marks.metas().stream()
        .filter(meta -> meta.attr("name").equalsIgnoreCase("robots"))
        .map(robots -> robots.attr("content").toLowerCase(Locale.ROOT))
        .anyMatch(rules -> rules.contains("nofollow") || rules.contains("none"));
  }

  private static URI baseOf(Marks marks, URI address) {
    return marks
        .base()
        .flatMap(base -> Addresses.resolve(address, base.attr("href")))
        .orElse(address);
  }

  private static String target(Element element) {
    return element.hasAttr("href") ? element.attr("href") : element.attr("src");
  }
}
