package dev.touchstone.examples.scraper.page;

import dev.touchstone.examples.scraper.address.Addresses;
import java.io.IOException;
import java.io.InputStream;
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
import org.jspecify.annotations.Nullable;

/** Reads HTML: the title, and the addresses that a reader of the page could go to. */
public final class PageParser {

  private static final String NAVIGATION =
      "a[href], area[href], link[rel~=(?i)^(next|prev|up|start|first|last|contents|index)$][href],"
          + " frame[src], iframe[src]";

  private static final Pattern REFRESH = Pattern.compile(
      "\\s*[\\d.]+\\s*[;,]?\\s*(?:url\\s*=)?\\s*['\"]?([^'\"]+)['\"]?\\s*",
      Pattern.CASE_INSENSITIVE);

  private PageParser() {}

  /**
   * What a page says.
   *
   * @param title the title, with white space collapsed; empty if there is none
   * @param links the canonical addresses, in the order of the page, each once; empty if the page asks
   *     robots not to follow its links
   */
  public record Parsed(String title, List<URI> links) {}

  /**
   * Reads a page to its end.
   *
   * @param charset what the server said of the encoding; if null, a byte order mark or the page
   *     itself decides, else UTF-8
   */
  public static Parsed parse(InputStream html, @Nullable String charset, URI address)
      throws IOException {
    var document = Jsoup.parse(html, charset, address.toString());
    return new Parsed(document.title(), List.copyOf(links(document, address)));
  }

  private static Set<URI> links(Document document, URI address) {
    if (forbidsFollowing(document)) {
      return Set.of();
    }
    var base = baseOf(document, address);
    var links = new LinkedHashSet<URI>();
    for (var element : document.select(NAVIGATION)) {
      Addresses.resolve(base, target(element)).ifPresent(links::add);
    }
    for (var refresh : document.select("meta[http-equiv=refresh]")) {
      var match = REFRESH.matcher(refresh.attr("content"));
      if (match.matches()) {
        Addresses.resolve(base, match.group(1)).ifPresent(links::add);
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
