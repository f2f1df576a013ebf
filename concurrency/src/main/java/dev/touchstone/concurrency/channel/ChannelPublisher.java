package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what a channel delivers. Each subscription has a thread, which receives an element when
 * its subscriber has asked for one.
 */
final class ChannelPublisher<T> implements Flow.Publisher<T> {

  private static final Logger log = LoggerFactory.getLogger(Channel.class);

  private final Receiver<T> channel;
  private final Undelivered<T> undelivered;
  private final ThreadFactory threads;

  ChannelPublisher(Receiver<T> channel, Undelivered<T> undelivered, ThreadFactory threads) {
    this.channel = channel;
    this.undelivered = undelivered;
    this.threads = requireNonNull(threads, "threads");
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    requireNonNull(subscriber, "subscriber");
    var subscription = new Subscription(subscriber);
    var thread = requireNonNull(threads.newThread(subscription), "thread of the thread factory");
    thread.start();
  }

  private final class Subscription implements Flow.Subscription, Runnable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by lock.
    private long demand;
    private boolean cancelled;
    private @Nullable Throwable violation;
    private @Nullable Thread receiving;
    private Flow.@Nullable Subscriber<? super T> subscriber;

    Subscription(Flow.Subscriber<? super T> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      lock.lock();
      try {
        if (n <= 0) {
          violation = new IllegalArgumentException(
              "a subscriber must request a positive number of elements, was " + n
                  + " (Reactive Streams, rule 3.9)");
          interruptReceive();
        } else {
          demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        }
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void cancel() {
      lock.lock();
      try {
        cancelled = true;
        subscriber = null;
        interruptReceive();
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    /** Interrupts the thread only while it waits for the channel, never in code of the user. */
    private void interruptReceive() {
      if (receiving != null) {
        receiving.interrupt();
      }
    }

    @Override
    public void run() {
      try {
        var target = subscriber();
        if (target != null) {
          target.onSubscribe(this);
        }
        publishUntilInterrupted();
      } catch (Throwable failure) {
        cancel();
        log.error("A subscriber of a channel failed; its subscription is cancelled", failure);
        if (failure instanceof VirtualMachineError) {
          throw failure;
        }
      }
    }

    /** Ends when interrupted, for the thread is that of the user's factory; the flag is set then. */
    private void publishUntilInterrupted() {
      try {
        publish();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        var cancelled = new CancellationException("the thread of the subscription was interrupted");
        cancelled.initCause(interrupted);
        finish(cancelled);
      }
    }

    private void publish() throws InterruptedException {
      while (channel.isDrained() || awaitDemand()) { // the end needs no demand
        @Nullable T element;
        try {
          element = receive();
        } catch (ChannelClosedException closed) {
          finish(closed.getCause() == null ? null : closed);
          return;
        }
        if (element != null) {
          var target = subscriber();
          if (target == null) {
            undelivered.handle(List.of(element));
            return;
          }
          target.onNext(element);
        }
      }
    }

    /** Waits for demand or the end of the channel; returns false when there is no more to do. */
    private boolean awaitDemand() throws InterruptedException {
      Throwable failure;
      lock.lockInterruptibly();
      try {
        while (demand == 0 && !cancelled && violation == null) {
          changed.await();
        }
        if (cancelled) {
          return false;
        }
        failure = violation;
        if (failure == null) {
          demand -= demand == Long.MAX_VALUE ? 0 : 1;
          receiving = Thread.currentThread();
          return true;
        }
      } finally {
        lock.unlock();
      }
      finish(failure);
      return false;
    }

    /** Receives an element; returns null if the wait was ended by the subscriber. */
    private @Nullable T receive() throws InterruptedException {
      try {
        return channel.receive();
      } catch (InterruptedException e) {
        if (isUndisturbed()) {
          throw e;
        }
        return null;
      } finally {
        stopReceiving();
      }
    }

    private boolean isUndisturbed() {
      lock.lock();
      try {
        return !cancelled && violation == null;
      } finally {
        lock.unlock();
      }
    }

    private void stopReceiving() {
      lock.lock();
      try {
        receiving = null;
        if (cancelled || violation != null) {
          var unused = Thread.interrupted(); // it was meant for the wait, which is over
        }
      } finally {
        lock.unlock();
      }
    }

    private void finish(@Nullable Throwable failure) {
      var target = subscriber();
      cancel();
      if (target != null && failure == null) {
        target.onComplete();
      } else if (target != null) {
        target.onError(requireNonNull(failure));
      }
    }

    private Flow.@Nullable Subscriber<? super T> subscriber() {
      lock.lock();
      try {
        return subscriber;
      } finally {
        lock.unlock();
      }
    }
  }
}
