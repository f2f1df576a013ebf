package dev.touchstone.patterns.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

  private final List<DeliveryFailure> failures = new ArrayList<>();
  private final EventBus<String> bus =
      EventBus.of(String.class).onError(failures::add).build();
  private final Recorder recorder = new Recorder();

  private static class Recorder implements Flow.Subscriber<String> {

    final List<String> signals = new ArrayList<>();

    Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void onNext(String event) {
      signals.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      signals.add("error " + failure.getMessage());
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }

  @Test
  void deliversWhatWasRequested() {
    bus.publisher(String.class, 8).subscribe(recorder);

    bus.post("a");
    assertThat(recorder.signals).isEmpty();
    recorder.subscription.request(2);
    bus.post("b");
    bus.post("c");

    assertThat(recorder.signals).containsExactly("a", "b");
  }

  @Test
  void givesEachSubscriberItsOwnEvents() {
    var publisher = bus.publisher(String.class, 8);
    var other = new Recorder();
    publisher.subscribe(recorder);
    recorder.subscription.request(Long.MAX_VALUE);
    bus.post("a");
    publisher.subscribe(other);
    other.subscription.request(Long.MAX_VALUE);
    bus.post("b");

    assertThat(recorder.signals).containsExactly("a", "b");
    assertThat(other.signals).containsExactly("b");
  }

  @Test
  void toleratesAnyAmountOfDemand() {
    bus.publisher(String.class, 8).subscribe(recorder);

    recorder.subscription.request(Long.MAX_VALUE);
    recorder.subscription.request(Long.MAX_VALUE);
    bus.post("a");

    assertThat(recorder.signals).containsExactly("a");
  }

  @Test
  void endsForASubscriberThatFallsBehindAfterWhatItBuffered() {
    bus.publisher(String.class, 2).subscribe(recorder);
    for (var event : List.of("a", "b", "c", "d")) {
      bus.post(event);
    }

    recorder.subscription.request(1);
    recorder.subscription.request(1);

    assertThat(recorder.signals)
        .containsExactly(
            "a",
            "b",
            "error the subscriber of java.lang.String has fallen behind by more than its buffer of 2; "
                + "request more, or give publisher() a larger one");
    assertThat(bus.describe().listeners()).isEmpty();
  }

  @Test
  void completesWhenTheBusIsClosed() {
    bus.publisher(String.class, 2).subscribe(recorder);
    recorder.subscription.request(1);
    bus.post("a");
    bus.post("b");

    bus.close();
    assertThat(recorder.signals).containsExactly("a");
    recorder.subscription.request(1);

    assertThat(recorder.signals).containsExactly("a", "b", "complete");
  }

  @Test
  void doesNotKeepOthersFromHearingThatTheBusIsClosed() {
    bus.publisher(String.class, 8).subscribe(new Recorder() {
      @Override
      public void onComplete() {
        throw new IllegalStateException("injected");
      }
    });
    bus.publisher(String.class, 8).subscribe(recorder);
    var next = bus.next(String.class);

    bus.close();

    assertThat(recorder.signals).containsExactly("complete");
    assertThat(next).isCancelled();
  }

  @Test
  void tellsALateSubscriberThatTheBusIsClosed() {
    var publisher = bus.publisher(String.class, 2);
    bus.close();

    publisher.subscribe(recorder);

    assertThat(recorder.signals).containsExactly("error EventBus of java.lang.String is closed");
  }

  @Test
  void isSilentAfterACancel() {
    bus.publisher(String.class, 2).subscribe(recorder);
    bus.post("a");

    recorder.subscription.cancel();
    recorder.subscription.request(1);
    bus.post("b");

    assertThat(recorder.signals).isEmpty();
    assertThat(bus.describe().listeners()).isEmpty();
  }

  @Test
  void mayBeCancelledInOnSubscribe() {
    bus.publisher(String.class, 2).subscribe(new Recorder() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscription.cancel();
      }
    });

    assertThat(bus.describe().listeners()).isEmpty();
  }

  @Test
  void reportsARequestOfNothing() {
    bus.publisher(String.class, 2).subscribe(recorder);
    bus.post("a");

    recorder.subscription.request(0);

    assertThat(recorder.signals).containsExactly("error n must be at least 1, was 0");
  }

  @Test
  void doesNotNestCallsOfOneSubscriber() {
    var nesting = new Recorder() {
      @Override
      public void onNext(String event) {
        signals.add("begin " + event);
        subscription.request(1);
        signals.add("end " + event);
      }
    };
    bus.publisher(String.class, 2).subscribe(nesting);
    bus.post("a");
    bus.post("b");

    nesting.subscription.request(1);

    assertThat(nesting.signals).containsExactly("begin a", "end a", "begin b", "end b");
  }

  @Test
  void leavesASubscriberAloneThatThrows() {
    bus.publisher(String.class, 2).subscribe(new Recorder() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(2);
      }

      @Override
      public void onNext(String event) {
        throw new IllegalArgumentException("bug");
      }
    });

    bus.post("a");
    bus.post("b");

    assertThat(failures).extracting(failure -> failure.cause().getMessage()).containsExactly("bug");
    assertThat(bus.describe().listeners()).isEmpty();
  }

  @Test
  void needsABuffer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bus.publisher(String.class, 0))
        .withMessage("buffer must be at least 1, was 0");
  }
}
