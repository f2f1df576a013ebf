package dev.touchstone.apiclient.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.testing.ScriptedTransport;
import dev.touchstone.apiclient.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerObserverTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final VirtualTime time = new VirtualTime();
  private ScriptedTransport.Script script = request -> ScriptedTransport.json(request, 200, "1");
  private final ApiClient client = ApiClient.builder("https://api.test")
      .transport(new ScriptedTransport(request -> script.answer(request)))
      .time(time)
      .observe(MicrometerObserver.of(registry))
      .build();

  @Test
  void timesCallsAttemptsAndWaits() {
    script = request -> {
      time.advance(Duration.ofMillis(3));
      return ScriptedTransport.json(request, time.sleeps().isEmpty() ? 503 : 200, "1");
    };

    client.send(ApiRequest.get("a/{id}", 7).discard());

    var call = registry
        .get("apiclient.calls")
        .tags("outcome", "200", "template", "a/{id}")
        .timer();
    var wait =
        registry.get("apiclient.backoff").tag("target", "https://api.test:443").timer();
    assertThat(registry.get("apiclient.attempts").tag("outcome", "503").timer().count())
        .isOne();
    assertThat(registry.get("apiclient.attempts").tag("outcome", "200").timer().count())
        .isOne();
    assertThat(wait.count()).isOne();
    assertThat(call.count()).isOne();
    assertThat(call.totalTime(TimeUnit.NANOSECONDS))
        .isEqualTo(6_000_000 + wait.totalTime(TimeUnit.NANOSECONDS));
  }

  @Test
  void namesTheFailureIfThereIsNoStatus() {
    script = request -> {
      throw new IOException("lost");
    };

    var unused = catchThrowable(() -> client.send(ApiRequest.post("a").discard()));

    assertThat(registry
            .get("apiclient.calls")
            .tag("outcome", "TransportException")
            .timer()
            .count())
        .isOne();
  }

  @Test
  void takesAnAnswerThatCannotBeReadForAFailure() {
    script = request -> ScriptedTransport.json(request, 200, "no number");

    var unused = catchThrowable(() -> client.send(ApiRequest.get("a").as(Integer.class)));

    var calls = registry.get("apiclient.calls").timers();
    assertThat(calls)
        .singleElement()
        .satisfies(
            timer -> assertThat(timer.getId().getTag("outcome")).isEqualTo("DecodeException"));
  }

  @Test
  void makesAsManyMetersForStrangersAsForOne() {
    for (var i = 0; i < 5; i++) {
      var uri = URI.create("https://api.test/users/" + i);
      client.send(ApiRequest.of("METHOD" + i, uri).shownAs("users/{id}").discard());
    }

    var calls = registry.get("apiclient.calls").timers();
    assertThat(calls).singleElement().satisfies(timer -> {
      assertThat(timer.count()).isEqualTo(5);
      assertThat(timer.getId().getTag("method")).isEqualTo("_OTHER");
      assertThat(timer.getId().getTag("template")).isEqualTo("users/{id}");
    });
  }
}
