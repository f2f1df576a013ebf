package dev.touchstone.concurrency.channel;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Receives one element after another until the channel is closed; for one thread. */
final class ChannelIterator<T> implements Iterator<T>, Spliterator<T> {

  private final Receiver<T> channel;
  private @Nullable T next;

  ChannelIterator(Receiver<T> channel) {
    this.channel = channel;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = receive();
    }
    return next != null;
  }

  @Override
  public T next() {
    var element = next != null ? next : receive();
    if (element == null) {
      throw new NoSuchElementException("the channel is closed");
    }
    next = null;
    return element;
  }

  @Override
  public void forEachRemaining(Consumer<? super T> action) {
    while (tryAdvance(action)) {
      // tryAdvance does the work
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (!hasNext()) {
      return false;
    }
    action.accept(next());
    return true;
  }

  /** Returns null: the elements are received one by one, by one thread. */
  @Override
  public @Nullable Spliterator<T> trySplit() {
    return null;
  }

  @Override
  public long estimateSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public int characteristics() {
    return ORDERED | NONNULL;
  }

  /** Returns the next element, or null at the normal end. */
  private @Nullable T receive() {
    try {
      var element = channel.tryReceive(); // an interrupt matters only if there is need to wait
      return element != null ? element : channel.receive();
    } catch (ChannelClosedException closed) {
      if (closed.getCause() != null) {
        throw closed;
      }
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      var cancelled = new CancellationException("interrupted while waiting for the next element");
      cancelled.initCause(interrupted);
      throw cancelled;
    }
  }
}
