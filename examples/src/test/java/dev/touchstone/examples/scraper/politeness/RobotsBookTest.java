package dev.touchstone.examples.scraper.politeness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.examples.scraper.politeness.RobotsAnswer.Known;
import dev.touchstone.examples.scraper.politeness.RobotsAnswer.Unavailable;
import dev.touchstone.examples.scraper.politeness.RobotsAnswer.Unreachable;
import dev.touchstone.examples.scraper.politeness.RobotsBook.Ask;
import dev.touchstone.examples.scraper.politeness.RobotsBook.Follow;
import dev.touchstone.examples.scraper.politeness.RobotsBook.GiveUp;
import dev.touchstone.examples.scraper.politeness.RobotsBook.Wait;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RobotsBookTest {

  private static final String SITE = "http://a.example";
  private static final Known RULES = new Known(RobotsRules.allowAll());
  private static final Unavailable FAILURE = new Unavailable("status 500");

  private final RobotsBook book = new RobotsBook(seconds(60));

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void asksOnceAtATime() {
    assertThat(book.advice(SITE, seconds(0))).isEqualTo(new Ask());
    book.asked(SITE);
    assertThat(book.advice(SITE, seconds(1))).isEqualTo(new Wait());
    assertThat(book.advice("http://b.example", seconds(1))).isEqualTo(new Ask());

    assertThat(book.note(SITE, RULES, seconds(2))).isZero();
    assertThat(book.advice(SITE, seconds(2))).isEqualTo(new Follow(RULES.rules()));
  }

  @Test
  void asksAnewAfterADay() {
    book.note(SITE, RULES, seconds(0));

    assertThat(book.advice(SITE, Duration.ofHours(24).minusNanos(1)))
        .isEqualTo(new Follow(RULES.rules()));
    assertThat(book.advice(SITE, Duration.ofHours(24))).isEqualTo(new Ask());
  }

  @Test
  void keepsTheLastGoodRulesWhenNewOnesCannotBeHad() {
    book.note(SITE, RULES, seconds(0));
    assertThat(book.note(SITE, FAILURE, Duration.ofHours(24))).isZero();

    assertThat(book.advice(SITE, Duration.ofHours(24))).isEqualTo(new Follow(RULES.rules()));
    assertThat(book.advice(SITE, Duration.ofHours(25))).isEqualTo(new Ask());
  }

  @Test
  void waitsLongerEachTimeAndGivesUpWhenThePatienceIsOver() {
    var now = seconds(0);
    var pauses = new ArrayList<Long>();
    while (book.advice(SITE, now) instanceof Ask) {
      var pause = book.note(SITE, FAILURE, now);
      pauses.add(pause.toSeconds());
      now = now.plus(pause);
    }

    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 0L);
    assertThat(book.advice(SITE, now)).isEqualTo(new GiveUp("status 500"));
  }

  @Test
  void startsOverWhenItCouldBeHadInTheMeantime() {
    book.note(SITE, FAILURE, seconds(0));
    book.note(SITE, RULES, seconds(1));

    assertThat(book.advice(SITE, seconds(2))).isEqualTo(new Follow(RULES.rules()));
  }

  @Test
  void doesNotWaitForWhatWillNeverBeThere() {
    assertThat(book.note(SITE, new Unreachable("private network"), seconds(0))).isZero();
    assertThat(book.advice(SITE, seconds(0))).isEqualTo(new GiveUp("private network"));
  }

  @Nested
  class Rules {

    private static RobotsRules rules(String text) {
      return RobotsRules.parse(URI.create(SITE + "/robots.txt"), text.getBytes(UTF_8));
    }

    @Test
    void areThoseForUsIfThereAreAny() {
      var rules = rules("""
          User-agent: *
          Disallow: /
          User-agent: Touchstone
          Disallow: /private/
          Allow: /private/open
          Crawl-delay: 2.5
          Sitemap: http://a.example/map.xml
          """);

      assertThat(rules.allows(URI.create(SITE + "/a"))).isTrue();
      assertThat(rules.allows(URI.create(SITE + "/private/a"))).isFalse();
      assertThat(rules.allows(URI.create(SITE + "/private/open"))).isTrue();
      assertThat(rules.crawlDelay()).contains(Duration.ofMillis(2_500));
      assertThat(rules.sitemaps()).isEqualTo(List.of("http://a.example/map.xml"));
    }

    @Test
    void allowEverythingIfTheyMakeNoSense() {
      assertThat(rules("<html>no rules here</html>").allows(URI.create(SITE + "/a")))
          .isTrue();
      assertThat(rules("").allows(URI.create(SITE + "/a"))).isTrue();
      assertThat(rules("").crawlDelay()).isEmpty();
    }
  }
}
