package dev.touchstone.examples.scraper.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PageParserTest {

  private static final URI PAGE = URI.create("http://example.org/docs/");

  private static HtmlPage parse(String html) {
    return PageParser.parse(html.getBytes(UTF_8), Optional.empty(), PAGE);
  }

  @Nested
  class Links {

    @Test
    void areTheTargetsOfAnchorsAreasAndFrames() {
      var page = parse("""
              <a href='a'>A</a> <map><area href='b'></map> <iframe src='c'></iframe> <a name='x'>none</a>
              <img src='picture.png'> <script src='s.js'></script>
              """);

      assertThat(page.links()).map(URI::getPath).containsExactly("/docs/a", "/docs/b", "/docs/c");
    }

    @Test
    void areTheTargetsOfNavigationButNotOfStyleSheets() {
      var page = parse("<link rel='Next' href='2'><link rel='stylesheet' href='s.css'>");

      assertThat(page.links()).map(URI::getPath).containsExactly("/docs/2");
    }

    @Test
    void areTakenFromARefresh() {
      var page = parse("<meta http-equiv='Refresh' content='0; URL=\"api/index.html\"'>");

      assertThat(page.links()).map(URI::getPath).containsExactly("/docs/api/index.html");
    }

    @Test
    @Timeout(20)
    void areLookedForInLinearTimeHoweverMaliciousAPageIs() {
      var page = parse("<meta http-equiv='refresh' content=\"0" + " ".repeat(100_000)
          + "'a'b\"><a href='a'></a>");

      assertThat(page.links()).map(URI::getPath).containsExactly("/docs/a");
    }

    @Test
    void areEachGivenOnceWithoutFragment() {
      assertThat(parse("<a href='a#1'></a><a href='a#2'></a><a href='./a'></a>").links())
          .hasSize(1);
    }

    @Test
    void areRelativeToTheBaseElement() {
      var page = parse("<base href='/other/'><a href='a'></a>");

      assertThat(page.links()).map(URI::getPath).containsExactly("/other/a");
    }

    @Test
    void areNotFollowedWhereThePageAsksNotTo() {
      assertThat(parse("<meta name='ROBOTS' content='NOINDEX, NOFOLLOW'><a href='a'></a>")
              .links())
          .isEmpty();
    }
  }

  @Nested
  class Title {

    @Test
    void hasItsWhiteSpaceCollapsed() {
      assertThat(parse("<title> One \n  two </title>").title()).isEqualTo("One two");
    }

    @Test
    void isEmptyWhereThereIsNone() {
      assertThat(parse("<p>text").title()).isEmpty();
    }

    @Test
    void isReadInTheEncodingThatThePageNames() {
      var html = "<meta charset='iso-8859-1'><title>Größe</title>".getBytes(ISO_8859_1);

      assertThat(PageParser.parse(html, Optional.empty(), PAGE).title()).isEqualTo("Größe");
    }

    @Test
    void isReadInTheEncodingThatTheServerNames() {
      var html = "<title>Größe</title>".getBytes(ISO_8859_1);

      assertThat(PageParser.parse(html, Optional.of("iso-8859-1"), PAGE).title())
          .isEqualTo("Größe");
    }
  }

  @RepeatedTest(50)
  void survivesGarbage(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var alphabet = "<>/='\" \0&#;ahrefmetabaseurl:?%[]{}\u00e9".toCharArray();
    var html = new StringBuilder("<a href='");
    for (int i = 0; i < 2_000; i++) {
      html.append(alphabet[random.nextInt(alphabet.length)]);
    }

    assertThat(parse(html.toString()).links()).allMatch(URI::isAbsolute);
  }
}
