package dev.touchstone.examples.scraper.page;

import dev.touchstone.examples.scraper.address.Addresses;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Reads HTML: the title, and the addresses that a reader of the page could go to. */
public final class PageParser {

  private static final String NAVIGATION =
      "a[href], area[href], link[rel~=(?i)^(next|prev|up|start|first|last|contents|index)$][href],"
          + " frame[src], iframe[src]";

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
    var base = baseOf(document, address);
    var links = List.copyOf(links(document, base));
    return new HtmlPage(address, base, document.title(), links, document, source);
  }

  private static Set<URI> links(Document document, URI base) {
    if (forbidsFollowing(document)) {
      return Set.of();
    }
    var links = new LinkedHashSet<URI>();
    var resolver = Addresses.resolver(base);
    for (var element : document.select(NAVIGATION)) {
      resolver.apply(target(element)).ifPresent(links::add);
    }
    for (var refresh : document.select("meta[http-equiv=refresh]")) {
      var match = REFRESH.matcher(refresh.attr("content"));
      if (match.matches()) {
        resolver.apply(match.group(1)).ifPresent(links::add);
      }
    }
    return links;
  }

  private static boolean forbidsFollowing(Document document) {
    return document.select("meta[name=robots]").stream()
        .map(robots -> robots.attr("content").toLowerCase(Locale.ROOT))
        .anyMatch(rules -> rules.contains("nofollow") || rules.contains("none"));
  }

  private static URI baseOf(Document document, URI address) {
    return Optional.ofNullable(document.selectFirst("base[href]"))
        .flatMap(base -> Addresses.resolve(address, base.attr("href")))
        .orElse(address);
  }

  private static String target(Element element) {
    return element.hasAttr("href") ? element.attr("href") : element.attr("src");
  }
}
