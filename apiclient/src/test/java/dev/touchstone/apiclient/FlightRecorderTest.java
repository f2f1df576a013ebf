package dev.touchstone.apiclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;

class FlightRecorderTest extends ServerTest {

  private final LinkedBlockingQueue<RecordedEvent> calls = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<RecordedEvent> attempts = new LinkedBlockingQueue<>();

  @Test
  void recordsCallsAndAttemptsWhenItIsOnAndMakesNoEventsWhenItIsOff() throws InterruptedException {
    assertThat(CallEvent.started()).isNull();
    assertThat(AttemptEvent.started()).isNull();
    enqueue(status(503), json("1"), status(404));
    try (var recording = new RecordingStream()) {
      recording.setReuse(false); // the events are kept
      recording.enable("touchstone.ApiCall");
      recording.enable("touchstone.ApiAttempt");
      recording.onEvent("touchstone.ApiCall", event -> keep(event, calls));
      recording.onEvent("touchstone.ApiAttempt", event -> keep(event, attempts));
      recording.startAsync();

      client().send(ApiRequest.get("recorded/{id}", 1).discard());
      var unused =
          catchThrowable(() -> client().send(ApiRequest.get("recorded/{id}", 2).discard()));
      recording.stop();
    }

    assertThat(List.of(next(calls), next(calls)))
        .extracting(event -> event.getInt("attempts") + " " + event.getInt("status") + " "
            + event.getString("failure") + " " + event.getString("delivery"))
        .containsExactlyInAnyOrder("2 200  ANSWERED", "1 404 ClientErrorException ANSWERED");
    assertThat(List.of(next(attempts), next(attempts), next(attempts)))
        .extracting(event -> event.getInt("number") + " " + event.getInt("status"))
        .containsExactlyInAnyOrder("1 503", "2 200", "1 404");
  }

  /* Other tests may run at the same time. */
  private static void keep(RecordedEvent event, LinkedBlockingQueue<RecordedEvent> queue) {
    if (event.getString("request").equals("GET recorded/{id}")) {
      queue.add(event);
    }
  }

  private static RecordedEvent next(LinkedBlockingQueue<RecordedEvent> queue)
      throws InterruptedException {
    var event = queue.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("an event was recorded").isNotNull();
    return event;
  }
}
