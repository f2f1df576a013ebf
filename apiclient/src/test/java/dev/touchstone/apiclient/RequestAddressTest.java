package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/v1/",
        "http://h/v1/a",
        "http://h/v1//a//b/",
        "http://h/v1/../a",
        "http://h/v1/a/./%2e%2E/b",
        "http://h/v1/a%2Fb;c=1/%7B",
        "http://h/v1/?",
        "http://h/v1/a?next=http://other/%20b&c",
        "http://h/v1/a?b=1#part",
        "http://h/v1",
        "http://h/v10/a",
        "http://h:80/v1/a",
        "HTTP://H/v1/a",
        "http://h.other/v1/a",
        "https://h/v1/a",
      })
  void meansTheSameWithABaseUrlAndWithout(String url) {
    var address = RequestAddress.of(URI.create(url));

    assertThat(address.resolve(HttpUrl.get("http://h/v1/"))).isEqualTo(address.resolve(null));
    assertThat(address.plus("q", "a b").resolve(HttpUrl.get("http://h/v1/")))
        .isEqualTo(address.plus("q", "a b").resolve(null));
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource({
    "a, a?page=2",
    "a?page=1, a?page=2",
    "a?page=1&size=5&page=3, a?size=5&page=2",
    "a?p%61ge=1&flag&pages=%2F, a?flag&pages=%2F&page=2",
    "http://h/a?page=1, a?page=2",
    "a?page&%, a?%&page=2"
  })
  void setsAParameterInPlaceOfThoseThatAreWrittenInThePath(String path, String expected) {
    var request = ApiRequest.get(path).as(String.class).withQuery("page", 2);

    assertThat(request.address().resolve(HttpUrl.get("http://h/")))
        .hasToString("http://h/" + expected);
    assertThat(request.query("page")).contains("2");
  }

  @Test
  void readsAParameterWhereverItIs() {
    var request = ApiRequest.get("a?b=c%20d+e&f").query("g", "h i").discard();

    assertThat(request.query("b")).contains("c d e");
    assertThat(request.query("f")).contains("");
    assertThat(request.query("g")).contains("h i");
    assertThat(request.query("none")).isEmpty();
  }
}
