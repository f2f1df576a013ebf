package dev.touchstone.apiclient.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.Delivery;
import dev.touchstone.apiclient.RejectedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  private final AddressGuard guard = AddressGuard.publicOnly();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "100::1"
      })
  void forbidsWhatIsNotPublic(String address) throws UnknownHostException {
    assertThat(guard.permits(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::808:808",
        "2002:808:808::"
      })
  void permitsWhatIsPublic(String address) throws UnknownHostException {
    assertThat(guard.permits(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void permitsWhatItIsToldTo() throws UnknownHostException {
    var open = guard.allowing("10.1.0.0/16", "fd00::/8");

    assertThat(open.permits(InetAddress.getByName("10.1.255.255"))).isTrue();
    assertThat(open.permits(InetAddress.getByName("fd00::1"))).isTrue();
    assertThat(open.permits(InetAddress.getByName("10.2.0.0"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "host/8",
        "::/129",
        "::1::/8",
        "10.1/16",
        "010.0.0.0/8",
        "256.0.0.0/8"
      })
  void rejectsAMalformedRange(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guard.allowing(range))
        .withMessage("a range must look like 10.0.0.0/8 or fd00::/8, was " + range);
  }

  @Test
  void aRangeHasNoMoreBitsThanItsAddress() throws UnknownHostException {
    var address = InetAddress.getByName("10.0.0.0");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AddressRange(address, 33))
        .withMessage("prefix must be between 0 and 32 for this address, was 33");
    assertThat(new AddressRange(address, 0).contains(InetAddress.getByName("1.1.1.1")))
        .isTrue();
  }

  @Nested
  class Client {

    @StartStop
    public final MockWebServer server = new MockWebServer();

    @ParameterizedTest
    @ValueSource(
        strings = {
          "127.0.0.1",
          "127.1",
          "2130706433",
          "0",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "localhost"
        })
    void cannotBeTrickedByTheFormOfAnAddress(String host) {
      assertForbidden(ApiClient.builder().addressGuard(guard).build(), host);
    }

    @Test
    void cannotBeTrickedByANameThatResolvesToAPrivateAddress() throws UnknownHostException {
      var loopback = List.of(InetAddress.getByName("127.0.0.1"));
      var rebound = new OkHttpClient.Builder().dns(host -> loopback).build();

      assertForbidden(
          ApiClient.builder().okHttp(rebound).addressGuard(guard).build(), "public.test");
    }

    @Test
    void cannotBeTrickedByARedirect() {
      var own = InetAddress.getLoopbackAddress().getHostAddress() + "/32";
      var address = "http://127.0.0.2:" + server.getPort() + "/";
      server.enqueue(
          new MockResponse.Builder().code(302).addHeader("Location", address).build());
      try (var client =
          ApiClient.builder().addressGuard(guard.allowing(own, "::1/128")).build()) {
        var request = ApiRequest.get(server.url("/").uri()).discard();

        assertThatThrownBy(() -> client.send(request)).isInstanceOf(RejectedException.class);
      }
      assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void getsThroughToWhatIsAllowed() {
      server.enqueue(new MockResponse.Builder().body("1").build());
      var open = guard.allowing("127.0.0.0/8", "::1/128");
      try (var client = ApiClient.builder().addressGuard(open).build()) {
        assertThat(client.send(ApiRequest.get(server.url("/").uri()).as(Integer.class)))
            .isEqualTo(1);
      }
    }

    private void assertForbidden(ApiClient client, String host) {
      try (client) {
        var url = "http://" + host + ":" + server.getPort() + "/";

        assertThatThrownBy(() -> client.send(ApiRequest.get(url).discard()))
            .isInstanceOfSatisfying(RejectedException.class, e -> {
              assertThat(e.by()).isEqualTo(RejectedException.By.ADDRESS_GUARD);
              assertThat(e.delivery()).isEqualTo(Delivery.NOT_SENT);
              assertThat(e.isWorthRetryingLater()).isFalse();
            })
            .hasMessageEndingWith("it would go to an address that is not allowed; check the URL and"
                + " its redirects; not retried: it would fail again");
      }
      assertThat(server.getRequestCount()).isZero();
    }
  }
}
