package dev.touchstone.patterns.observe;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The publisher of {@link EventBus#publisher}: one feed, with its own buffer, per subscriber. */
record EventPublisher<E>(EventBus<? super E> bus, Class<E> type, int buffer)
    implements Flow.Publisher<E> {

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    var feed = new Feed<E>(requireNonNull(subscriber, "subscriber"), type.getName(), buffer);
    subscriber.onSubscribe(feed);
    feed.start(bus, type);
  }

  /** The events on their way to one subscriber. */
  private static final class Feed<E> implements Flow.Subscription {

    /*
     * A subscriber must be called by one thread at a time, but posts, requests and the end may come
     * from several. Whoever changes the state under the lock and finds nobody calling the subscriber
     * becomes the caller and stays it until there is nothing to say; the others leave it to him.
     */

    private final Flow.Subscriber<? super E> subscriber;
    private final String type;
    private final int buffer;

    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final ArrayDeque<E> waiting = new ArrayDeque<>();
    private @Nullable Subscription subscription;
    private long demand;
    private boolean calling;
    private boolean ended; // no more events are accepted
    private boolean silent; // no more calls are made
    private @Nullable Throwable failure;

    Feed(Flow.Subscriber<? super E> subscriber, String type, int buffer) {
      this.subscriber = subscriber;
      this.type = type;
      this.buffer = buffer;
    }

    void start(EventBus<? super E> bus, Class<E> events) {
      try {
        keep(register(bus, events));
      } catch (IllegalStateException e) {
        end(e);
      }
    }

    private Subscription register(EventBus<? super E> bus, Class<E> events) {
      return new Registration<>(bus, events)
          .named("a subscriber of publisher(" + type + ")")
          .whenBusCloses(() -> end(null))
          .handle(this::offer);
    }

    private void keep(Subscription made) {
      lock.lock();
      try {
        subscription = made;
        if (!ended) {
          return;
        }
      } finally {
        lock.unlock();
      }
      made.close();
    }

    private void offer(E event) {
      lock.lock();
      try {
        if (ended) {
          return;
        }
        if (waiting.size() < buffer) {
          waiting.addLast(event);
        } else {
          ended = true;
          failure = new LaneFullException(
              "the subscriber of " + type + " has fallen behind by more " + "than its buffer of "
                  + buffer + "; request more, or give publisher() a larger one");
        }
      } finally {
        lock.unlock();
      }
      call();
    }

    @Override
    public void request(long n) {
      lock.lock();
      try {
        if (n > 0) {
          demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        } else if (!ended) {
          waiting.clear();
          ended = true;
          failure = new IllegalArgumentException("n must be at least 1, was " + n);
        }
      } finally {
        lock.unlock();
      }
      call();
    }

    @Override
    public void cancel() {
      lock.lock();
      try {
        ended = true;
        silent = true;
        waiting.clear();
      } finally {
        lock.unlock();
      }
      unsubscribe();
    }

    private void end(@Nullable Throwable cause) {
      lock.lock();
      try {
        if (ended) {
          return;
        }
        ended = true;
        failure = cause;
      } finally {
        lock.unlock();
      }
      call();
    }

    private void call() {
      if (!become()) {
        return;
      }
      try {
        for (var action = nextAction(); action != null; action = nextAction()) {
          action.run();
        }
      } catch (Throwable e) { // a subscriber that throws breaks its contract and is left alone
        lock.lock();
        try {
          calling = false;
        } finally {
          lock.unlock();
        }
        cancel();
        throw e;
      }
    }

    private boolean become() {
      lock.lock();
      try {
        if (calling) {
          return false;
        }
        calling = true;
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Returns what to tell the subscriber, or gives up being the caller and returns null. */
    private @Nullable Runnable nextAction() {
      lock.lock();
      try {
        if (!silent && demand > 0 && !waiting.isEmpty()) {
          demand--;
          var event = waiting.removeFirst();
          return () -> subscriber.onNext(event);
        }
        if (!silent && ended && waiting.isEmpty()) {
          silent = true;
          var cause = failure;
          return () -> finish(cause);
        }
        calling = false;
        return null;
      } finally {
        lock.unlock();
      }
    }

    private void finish(@Nullable Throwable cause) {
      unsubscribe();
      if (cause == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(cause);
      }
    }

    private void unsubscribe() {
      Subscription made;
      lock.lock();
      try {
        made = subscription;
      } finally {
        lock.unlock();
      }
      if (made != null) {
        made.close();
      }
    }
  }
}
