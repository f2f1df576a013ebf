package dev.touchstone.concurrency.channel;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a channel and a blocking queue of the JDK have in common, under one set of names. */
interface Transfer<T> {

  void send(T element) throws InterruptedException;

  boolean trySend(T element);

  boolean send(T element, Duration timeout) throws InterruptedException;

  T receive() throws InterruptedException;

  @Nullable
  T tryReceive();

  @Nullable
  T receive(Duration timeout) throws InterruptedException;

  int size();

  static <T> Transfer<T> of(Channel<T> channel) {
    return new Transfer<>() {
      @Override
      public void send(T element) throws InterruptedException {
        channel.send(element);
      }

      @Override
      public boolean trySend(T element) {
        return channel.trySend(element);
      }

      @Override
      public boolean send(T element, Duration timeout) throws InterruptedException {
        return channel.send(element, timeout);
      }

      @Override
      public T receive() throws InterruptedException {
        return channel.receive();
      }

      @Override
      public @Nullable T tryReceive() {
        return channel.tryReceive();
      }

      @Override
      public @Nullable T receive(Duration timeout) throws InterruptedException {
        return channel.receive(timeout);
      }

      @Override
      public int size() {
        return channel.size();
      }
    };
  }

  static <T> Transfer<T> of(BlockingQueue<T> queue) {
    return new Transfer<>() {
      @Override
      public void send(T element) throws InterruptedException {
        queue.put(element);
      }

      @Override
      public boolean trySend(T element) {
        return queue.offer(element);
      }

      @Override
      public boolean send(T element, Duration timeout) throws InterruptedException {
        return queue.offer(element, timeout.toNanos(), TimeUnit.NANOSECONDS);
      }

      @Override
      public T receive() throws InterruptedException {
        return queue.take();
      }

      @Override
      public @Nullable T tryReceive() {
        return queue.poll();
      }

      @Override
      public @Nullable T receive(Duration timeout) throws InterruptedException {
        return queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      }

      @Override
      public int size() {
        return queue.size();
      }
    };
  }
}
