package dev.touchstone.concurrency.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

class ChannelPublisherTest {

  private final ArrayList<Integer> undelivered = new ArrayList<>();
  private final Channel<Integer> channel =
      Channel.<Integer>builder().capacity(8).onUndelivered(undelivered::add).build();

  /** The conformance suite of Reactive Streams. */
  public static final class Conformance extends FlowPublisherVerification<Integer> {

    public Conformance() {
      super(new TestEnvironment(1_000, 50), 1_000);
    }

    @Override
    public Flow.Publisher<Integer> createFlowPublisher(long elements) {
      var channel = Channel.<Integer>unbounded();
      for (var i = 0; i < Math.min(elements, 10_000); i++) {
        channel.trySend(i);
      }
      if (elements < Integer.MAX_VALUE) {
        channel.close();
      }
      return channel.toPublisher();
    }

    @Override
    public Flow.Publisher<Integer> createFailedFlowPublisher() {
      var channel = Channel.<Integer>unbounded();
      channel.close(new IOException("failed before"));
      return channel.toPublisher();
    }
  }

  @Test
  @Timeout(120)
  void conformsToReactiveStreams() {
    var listener = new TestListenerAdapter();
    var testng = new TestNG(false);
    testng.setTestClasses(new Class<?>[] {Conformance.class});
    testng.addListener(listener);
    testng.setVerbose(0);

    testng.run();

    assertThat(listener.getFailedTests())
        .extracting(r -> r.getName() + ": " + r.getThrowable())
        .isEmpty();
    assertThat(listener.getPassedTests()).hasSizeGreaterThan(20);
  }

  @Test
  void completesWhenTheChannelIsClosed() throws Exception {
    var subscriber = new Recorder(Long.MAX_VALUE);
    channel.toPublisher().subscribe(subscriber);

    channel.send(1);
    channel.send(2);
    channel.close();

    subscriber.await();
    assertThat(subscriber.elements).containsExactly(1, 2);
  }

  @Test
  void failsWithTheCauseOfTheClose() {
    var subscriber = new Recorder(Long.MAX_VALUE);
    channel.toPublisher().subscribe(subscriber);

    channel.close(new IOException("disk full"));

    assertThat(subscriber.end)
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(ChannelClosedException.class);
  }

  @Test
  void receivesNothingThatWasNotAskedFor() throws Exception {
    var subscriber = new Recorder(2);
    channel.toPublisher().subscribe(subscriber);
    channel.sendAll(List.of(1, 2, 3, 4));

    await().until(() -> subscriber.elements.size() == 2);

    assertThat(channel.size()).isEqualTo(2);
    subscriber.subscription.cancel();
    assertThat(channel.receiveBatch(9)).containsExactly(3, 4);
  }

  @Test
  void sharesTheElementsAmongSubscribers() throws Exception {
    var one = new Recorder(Long.MAX_VALUE);
    var two = new Recorder(Long.MAX_VALUE);
    channel.toPublisher().subscribe(one);
    channel.toPublisher().subscribe(two);

    for (var i = 0; i < 100; i++) {
      channel.send(i);
    }
    channel.close();

    one.await();
    two.await();
    one.elements.addAll(two.elements);
    assertThat(one.elements).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void leavesTheChannelOpenWhenCancelled() throws Exception {
    var thread = new CompletableFuture<Thread>();
    var subscriber = new Recorder(1);
    channel
        .toPublisher(work -> {
          var worker = Thread.ofVirtual().unstarted(work);
          thread.complete(worker);
          return worker;
        })
        .subscribe(subscriber);
    await().until(() -> channel.waitingReceivers() == 1);

    subscriber.subscription.cancel();

    thread.get().join();
    channel.send(1);
    assertThat(channel.receive()).isEqualTo(1);
    assertThat(undelivered).isEmpty();
  }

  @Test
  void failsWhenItsThreadIsInterrupted() throws Exception {
    var thread = new CompletableFuture<Thread>();
    var subscriber = new Recorder(1);
    channel
        .toPublisher(work -> {
          var worker = Thread.ofVirtual().unstarted(work);
          thread.complete(worker);
          return worker;
        })
        .subscribe(subscriber);
    await().until(() -> channel.waitingReceivers() == 1);

    thread.get().interrupt();

    assertThat(subscriber.end)
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableOfType(CancellationException.class)
        .havingRootCause()
        .isInstanceOf(InterruptedException.class);
    assertThat(channel.isClosed()).isFalse();
  }

  /** Keeps what it is told. */
  private static final class Recorder implements Flow.Subscriber<Integer> {

    private final long demand;
    private final CopyOnWriteArrayList<Integer> elements = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;

    Recorder(long demand) {
      this.demand = demand;
    }

    void await() throws Exception {
      end.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(demand);
    }

    @Override
    public void onNext(Integer element) {
      elements.add(element);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(true);
    }
  }
}
