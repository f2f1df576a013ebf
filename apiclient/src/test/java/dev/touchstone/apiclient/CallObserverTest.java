package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.apiclient.observe.CallObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallObserverTest extends ServerTest {

  private final List<String> events = new ArrayList<>();

  @Test
  void isToldOfEachAttemptEachWaitAndTheEnd() {
    enqueue(status(503), json("1"));

    observed(new Recording()).send(ApiRequest.get("a/{id}", 7).discard());

    assertThat(events)
        .containsExactly(
            "GET a/{id} attempt 1 503",
            "GET a/{id} waits after ServerErrorException",
            "GET a/{id} attempt 2 200",
            "GET a/{id} ended after 2");
  }

  @Test
  void isToldOfACallThatFails() {
    enqueue(status(404));

    assertThatThrownBy(() -> observed(new Recording()).send(ApiRequest.get("a").discard()))
        .isInstanceOf(ClientErrorException.class);
    assertThat(events).containsExactly("GET a attempt 1 404", "GET a ended after 1");
  }

  @Test
  void doesNotHarmACallByItsOwnFailure() {
    enqueue(json("1"));
    var broken = new CallObserver() {
      @Override
      public void callEnded(RequestSummary request, Target target, List<Attempt> attempts) {
        throw new IllegalStateException("broken on purpose");
      }
    };

    assertThat(observed(broken).send(ApiRequest.get("a").as(Integer.class))).isEqualTo(1);
  }

  private ApiClient observed(CallObserver observer) {
    return builder().observe(observer).build();
  }

  /** Writes down what it is told. */
  private final class Recording implements CallObserver {

    @Override
    public void attemptEnded(RequestSummary request, Target target, Attempt attempt) {
      events.add(
          request + " attempt " + attempt.number() + " " + attempt.status().getAsInt());
    }

    @Override
    public void backingOff(
        RequestSummary request, Target target, Duration wait, ApiException failure) {
      events.add(request + " waits after " + failure.getClass().getSimpleName());
    }

    @Override
    public void callEnded(RequestSummary request, Target target, List<Attempt> attempts) {
      events.add(request + " ended after " + attempts.size());
    }
  }
}
