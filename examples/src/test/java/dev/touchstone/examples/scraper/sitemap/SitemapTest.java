package dev.touchstone.examples.scraper.sitemap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SitemapTest {

  private static final URI ADDRESS = URI.create("http://a.example/sitemap.xml");

  private static Optional<Sitemap> parse(String text) {
    return Sitemap.parse(ADDRESS, text.getBytes(UTF_8));
  }

  private static void hasPages(String text, String... pages) {
    assertThat(parse(text).orElseThrow().pages()).map(URI::toString).containsExactly(pages);
  }

  @Test
  void listsPagesInXml() {
    hasPages("""
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
          <url><loc>http://a.example/1#x</loc><lastmod>2026-11-26</lastmod></url>
          <url><loc>mailto:a@a.example</loc></url>
          <url><loc>HTTP://A.example/2</loc></url>
        </urlset>
        """, "http://a.example/1", "http://a.example/2");
  }

  @Test
  void listsOtherSitemaps() {
    var index = parse("""
        <?xml version="1.0" encoding="UTF-8"?>
        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
          <sitemap><loc>http://a.example/one.xml.gz</loc></sitemap>
        </sitemapindex>
        """).orElseThrow();

    assertThat(index.sitemaps()).containsExactly(URI.create("http://a.example/one.xml.gz"));
    assertThat(index.pages()).isEmpty();
  }

  @Test
  void listsPagesOneALine() {
    hasPages(
        "http://a.example/1\nhttp://a.example/2\n", "http://a.example/1", "http://a.example/2");
  }

  @Test
  void listsTheEntriesOfFeeds() {
    hasPages(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>t</title><link>http://a.example/</link>"
            + "<item><link>http://a.example/1</link></item></channel></rss>",
        "http://a.example/1");
    hasPages(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>"
            + "<entry><link href='http://a.example/1'/></entry></feed>",
        "http://a.example/1");
  }

  @Test
  void readsNoFilesOfThisMachine() {
    var sitemap =
        parse("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
            + "<urlset><url><loc>http://a.example/&e;</loc></url></urlset>");

    assertThat(sitemap.map(Sitemap::pages).stream().flatMap(pages -> pages.stream()))
        .allMatch(page -> page.equals(URI.create("http://a.example/")));
  }

  @Test
  void isNotFoundInOtherXml() {
    assertThat(
            parse("<?xml version='1.0'?><svg/>").map(Sitemap::pages).orElseGet(java.util.List::of))
        .isEmpty();
  }

  @Test
  void mayBeXmlFeedsArchivesAndTextsThatSaySo() {
    assertThat(Sitemap.isPossible(ADDRESS, "application/xml; charset=utf-8")).isTrue();
    assertThat(Sitemap.isPossible(URI.create("http://a.example/feed"), "application/rss+xml"))
        .isTrue();
    assertThat(Sitemap.isPossible(URI.create("http://a.example/sitemap.txt"), "text/plain"))
        .isTrue();
    assertThat(Sitemap.isPossible(URI.create("http://a.example/readme.txt"), "text/plain"))
        .isFalse();
    assertThat(Sitemap.isPossible(ADDRESS, "image/png")).isFalse();
  }
}
