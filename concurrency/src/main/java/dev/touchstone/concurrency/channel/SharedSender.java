package dev.touchstone.concurrency.channel;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of several handles to the sending side; the last one closed closes the channel. */
final class SharedSender<T> implements Sender<T> {

  private final Channel<T> channel;
  private final AtomicInteger open;
  private final AtomicBoolean closed = new AtomicBoolean();

  SharedSender(Channel<T> channel, AtomicInteger open) {
    this.channel = channel;
    this.open = open;
    open.incrementAndGet();
  }

  @Override
  public void send(T element) throws InterruptedException {
    checked().send(element);
  }

  @Override
  public boolean trySend(T element) {
    return checked().trySend(element);
  }

  @Override
  public boolean send(T element, Duration timeout) throws InterruptedException {
    return checked().send(element, timeout);
  }

  @Override
  public int sendAll(Collection<? extends T> elements) throws InterruptedException {
    return checked().sendAll(elements);
  }

  @Override
  public <R extends @Nullable Object> Clause<R> sending(T element, Supplier<R> then) {
    return checked().sending(element, then);
  }

  @Override
  public Sender<T> shareSender() {
    return checked().shareSender();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true) && open.decrementAndGet() == 0) {
      channel.close();
    }
  }

  @Override
  public void close(@Nullable Throwable cause) {
    if (cause == null) {
      close();
    } else if (closed.compareAndSet(false, true)) {
      open.decrementAndGet();
      channel.close(cause);
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get() || channel.isClosed();
  }

  private Channel<T> checked() {
    if (closed.get()) {
      throw new ChannelClosedException("this handle of the channel is closed", null);
    }
    return channel;
  }
}
