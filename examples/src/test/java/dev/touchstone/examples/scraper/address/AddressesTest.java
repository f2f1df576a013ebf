package dev.touchstone.examples.scraper.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @Nested
  class Canonical {

    @ParameterizedTest
    @CsvSource({
      "HTTP://Example.ORG, http://example.org/",
      "http://example.org:80/a, http://example.org/a",
      "https://example.org:443/a, https://example.org/a",
      "http://example.org:8080/a, http://example.org:8080/a",
      "http://example.org/a/./b/../c, http://example.org/a/c",
      "http://example.org/a#part, http://example.org/a",
      "http://example.org/a?q=1#part, http://example.org/a?q=1",
      "http://example.org/a b, http://example.org/a%20b",
      "http://me:secret@example.org/, http://example.org/",
      "' http://example.org/ ', http://example.org/",
      "http://example.org/%7Euser, http://example.org/%7Euser",
    })
    void isOneFormForOneResource(String text, URI canonical) {
      assertThat(Addresses.canonical(text)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "example.org",
          "/a",
          "ftp://example.org/",
          "mailto:a@example.org",
          "http://",
          "http://[::1",
          "http://{host}/",
          "http://\"#.example.org/",
          "javascript:void(0)"
        })
    void isEmptyForAnythingElse(String text) {
      assertThat(Addresses.canonical(text)).isEmpty();
    }
  }

  @Nested
  class Resolve {

    private final URI page = URI.create("http://example.org/docs/index.html");

    @ParameterizedTest
    @CsvSource({
      "next.html, http://example.org/docs/next.html",
      "'../', http://example.org/",
      "/top, http://example.org/top",
      "//other.org/x, http://other.org/x",
      "'#part', http://example.org/docs/index.html",
      "'', http://example.org/docs/index.html",
      "?page=2, http://example.org/docs/index.html?page=2",
    })
    void followsTheRulesForReferences(String reference, URI target) {
      assertThat(Addresses.resolve(page, reference)).contains(target);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"mailto:a@example.org", "javascript:void(0)", "tel:1", "data:,x", "http://[bad/"
        })
    void isEmptyForWhatIsNoWebAddress(String reference) {
      assertThat(Addresses.resolve(page, reference)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org:8080/a, example.org",
    "http://under_score.example.org/, under_score.example.org",
    "http://under_score.example.org:81/, under_score.example.org",
    "http://[::1]:80/, [::1]",
  })
  void hostIsThatOfEveryAddress(URI address, String host) {
    assertThat(Addresses.host(address)).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/a?b, http://example.org",
    "https://example.org:8443/, https://example.org:8443",
    "http://[::1]:80/, http://[::1]:80",
  })
  void originIsSchemeHostAndPort(URI address, String origin) {
    assertThat(Addresses.origin(address)).isEqualTo(origin);
  }
}
