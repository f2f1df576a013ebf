package dev.touchstone.concurrency.channel;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of several handles to the receiving side of a channel, made by {@link Receiver#shareReceiver}.
 *
 * <p>When the last handle is closed the channel is cancelled, so its senders learn that nobody
 * listens any more. A closed handle throws {@link ChannelClosedException}; iterators, streams and
 * publishers made before go on. Safe for use by several threads.
 *
 * @param <T> the type of the elements
 */
public final class SharedReceiver<T> implements Receiver<T>, AutoCloseable {

  private final Channel<T> channel;
  private final AtomicInteger open;
  private final AtomicBoolean closed = new AtomicBoolean();

  SharedReceiver(Channel<T> channel, AtomicInteger open) {
    this.channel = channel;
    this.open = open;
    open.incrementAndGet();
  }

  /** Gives up this handle; idempotent. The last one cancels the channel. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true) && open.decrementAndGet() == 0) {
      channel.cancel(new CancellationException("the last receiver was closed"));
    }
  }

  @Override
  public T receive() throws InterruptedException {
    return checked().receive();
  }

  @Override
  public @Nullable T tryReceive() {
    return checked().tryReceive();
  }

  @Override
  public @Nullable T receive(Duration timeout) throws InterruptedException {
    return checked().receive(timeout);
  }

  @Override
  public List<T> receiveBatch(int max) throws InterruptedException {
    return checked().receiveBatch(max);
  }

  @Override
  public List<T> receiveBatch(int max, Duration linger) throws InterruptedException {
    return checked().receiveBatch(max, linger);
  }

  @Override
  public int drainTo(Collection<? super T> target, int max) {
    return checked().drainTo(target, max);
  }

  @Override
  public void cancel(Throwable cause) {
    checked().cancel(cause);
  }

  @Override
  public boolean isDrained() {
    return channel.isDrained();
  }

  @Override
  public <R extends @Nullable Object> Clause<R> receiving(Function<? super T, R> then) {
    return checked().receiving(then);
  }

  @Override
  public SharedReceiver<T> shareReceiver() {
    return checked().shareReceiver();
  }

  @Override
  public Iterator<T> iterator() {
    return checked().iterator();
  }

  @Override
  public void forEach(Consumer<? super T> action) {
    checked().forEach(action);
  }

  @Override
  public Stream<T> stream() {
    return checked().stream();
  }

  @Override
  public Flow.Publisher<T> toPublisher() {
    return checked().toPublisher();
  }

  @Override
  public Flow.Publisher<T> toPublisher(ThreadFactory threads) {
    return checked().toPublisher(threads);
  }

  private Channel<T> checked() {
    if (closed.get()) {
      throw new ChannelClosedException("this handle of the channel is closed", null);
    }
    return channel;
  }
}
