package dev.touchstone.examples.scraper.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.scraper.page.PageParser.Parsed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PageParserTest {

  private static final URI PAGE = URI.create("http://example.org/docs/");

  private static Parsed parse(String html) throws IOException {
    return PageParser.parse(new ByteArrayInputStream(html.getBytes(UTF_8)), null, PAGE);
  }

  @Nested
  class Links {

    @Test
    void areTheTargetsOfAnchorsAreasAndFrames() throws IOException {
      var page = parse("""
              <a href='a'>A</a> <map><area href='b'></map> <iframe src='c'></iframe> <a name='x'>none</a>
              <img src='picture.png'> <script src='s.js'></script>
              """);

      assertThat(page.links()).map(URI::getPath).containsExactly("/docs/a", "/docs/b", "/docs/c");
    }

    @Test
    void areTheTargetsOfNavigationButNotOfStyleSheets() throws IOException {
      var page = parse("<link rel='Next' href='2'><link rel='stylesheet' href='s.css'>");

      assertThat(page.links()).map(URI::getPath).containsExactly("/docs/2");
    }

    @Test
    void areTakenFromARefresh() throws IOException {
      var page = parse("<meta http-equiv='Refresh' content='0; URL=\"api/index.html\"'>");

      assertThat(page.links()).map(URI::getPath).containsExactly("/docs/api/index.html");
    }

    @Test
    void areEachGivenOnceWithoutFragment() throws IOException {
      assertThat(parse("<a href='a#1'></a><a href='a#2'></a><a href='./a'></a>").links())
          .hasSize(1);
    }

    @Test
    void areRelativeToTheBaseElement() throws IOException {
      var page = parse("<base href='/other/'><a href='a'></a>");

      assertThat(page.links()).map(URI::getPath).containsExactly("/other/a");
    }

    @Test
    void areNotFollowedWhereThePageAsksNotTo() throws IOException {
      assertThat(parse("<meta name='ROBOTS' content='NOINDEX, NOFOLLOW'><a href='a'></a>")
              .links())
          .isEmpty();
    }
  }

  @Nested
  class Title {

    @Test
    void hasItsWhiteSpaceCollapsed() throws IOException {
      assertThat(parse("<title> One \n  two </title>").title()).isEqualTo("One two");
    }

    @Test
    void isEmptyWhereThereIsNone() throws IOException {
      assertThat(parse("<p>text").title()).isEmpty();
    }

    @Test
    void isReadInTheEncodingThatThePageNames() throws IOException {
      var html = "<meta charset='iso-8859-1'><title>Größe</title>".getBytes(ISO_8859_1);

      assertThat(PageParser.parse(new ByteArrayInputStream(html), null, PAGE).title())
          .isEqualTo("Größe");
    }

    @Test
    void isReadInTheEncodingThatTheServerNames() throws IOException {
      var html = "<title>Größe</title>".getBytes(ISO_8859_1);

      assertThat(PageParser.parse(new ByteArrayInputStream(html), "iso-8859-1", PAGE)
              .title())
          .isEqualTo("Größe");
    }
  }

  @RepeatedTest(50)
  void survivesGarbage(RepetitionInfo repetition) throws IOException {
    var random = new Random(repetition.getCurrentRepetition());
    var alphabet = "<>/='\" \0&#;ahrefmetabaseurl:?%[]{}\u00e9".toCharArray();
    var html = new StringBuilder("<a href='");
    for (int i = 0; i < 2_000; i++) {
      html.append(alphabet[random.nextInt(alphabet.length)]);
    }

    assertThat(parse(html.toString()).links()).allMatch(URI::isAbsolute);
  }
}
