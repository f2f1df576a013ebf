package dev.touchstone.examples.scraper;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class FrontierTest {

  private final Frontier frontier = new Frontier();

  private static Link link(String path) {
    return Link.seed(URI.create("http://example.org" + path));
  }

  @Test
  void givesAddressesInTheOrderOfTheirDiscovery() {
    frontier.add(link("/b"));
    frontier.add(link("/a"));

    assertThat(frontier.next()).isEqualTo(link("/b"));
    assertThat(frontier.next()).isEqualTo(link("/a"));
    assertThat(frontier.isEmpty()).isTrue();
  }

  @Test
  void givesEachAddressOnce() {
    frontier.add(link("/a"));
    frontier.add(link("/a"));
    frontier.next();
    frontier.add(link("/a"));

    assertThat(frontier.size()).isZero();
  }
}
