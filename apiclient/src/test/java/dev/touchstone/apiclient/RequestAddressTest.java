package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import okhttp3.HttpUrl;
import org.junit.jupiter.params.ParameterizedTest;
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
}
