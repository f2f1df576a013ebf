package dev.touchstone.examples.scraper.sitemap;

import static java.util.Objects.requireNonNull;

import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import dev.touchstone.examples.scraper.address.Addresses;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The addresses that a site lists: in XML, in an index of other sitemaps, one a line, or in a feed (RSS or
 * Atom).
 *
 * @param pages the pages, canonical
 * @param sitemaps the other sitemaps, canonical; empty unless this is an index
 *
 * <p><b>Source:</b> the protocol of sitemaps.org, version 0.9.
 */
public record Sitemap(List<URI> pages, List<URI> sitemaps) {

  private static final List<String> TYPES = List.of(
      "application/xml",
      "text/xml",
      "application/rss+xml",
      "application/atom+xml",
      "application/gzip",
      "application/x-gzip");

  private static final List<String> OF_TEXTS = List.of("text/plain", "application/octet-stream");

  /** Copies the lists. */
  public Sitemap {
    pages = List.copyOf(pages);
    sitemaps = List.copyOf(sitemaps);
  }

  /**
   * Returns whether what is at an address may be a sitemap. A text may be one only if its address says so.
   *
   * @param contentType what the server calls it
   */
  public static boolean isPossible(URI address, String contentType) {
    var type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    return address.getPath().toLowerCase(Locale.ROOT).contains("sitemap")
        ? TYPES.contains(type) || OF_TEXTS.contains(type)
        : TYPES.contains(type);
  }

  /**
   * Reads a sitemap. Entries that are no web addresses are skipped.
   *
   * @param content not compressed
   * @return empty if it is none
   */
  public static Optional<Sitemap> parse(URI address, byte[] content) {
    try {
      var parser = new SiteMapParser(false);
      return Optional.of(of(parser.parseSiteMap(content, address.toURL())));
    } catch (UnknownFormatException | IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Sitemap of(AbstractSiteMap parsed) {
    return switch (parsed) {
      case SiteMapIndex index ->
        new Sitemap(
            List.of(),
            canonical(index.getSitemaps().stream().map(AbstractSiteMap::getUrl).toList()));
      case SiteMap map ->
        new Sitemap(
            canonical(map.getSiteMapUrls().stream().map(entry -> entry.getUrl()).toList()),
            List.of());
      default -> throw new IllegalStateException("a new kind of sitemap: " + parsed.getClass());
    };
  }

  private static List<URI> canonical(Collection<URL> addresses) {
    return addresses.stream()
        .map(url -> requireNonNull(url).toString())
        .flatMap(text -> Addresses.canonical(text).stream())
        .distinct()
        .toList();
  }
}
