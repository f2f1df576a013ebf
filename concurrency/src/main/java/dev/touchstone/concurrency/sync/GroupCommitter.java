package dev.touchstone.concurrency.sync;

import static java.util.Objects.requireNonNull;

import dev.touchstone.concurrency.channel.Channel;
import dev.touchstone.concurrency.channel.ChannelClosedException;
import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.concurrency.waiting.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what many threads want to write, and lets one thread write it in batches.
 *
 * <p>A transaction for 100 rows costs little more than one for a single row; this makes one of what
 * has come together meanwhile:
 * {@snippet class="dev.touchstone.concurrency.sync.SnippetsTest" region="group-committer"}
 *
 * <p>The writer takes what is there as soon as the batch before is done, so a batch grows with the
 * load, and nobody waits for others without one; a {@code linger} trades a delay for larger batches.
 * Items are written in the order in which they were accepted. If a batch fails, each of its items
 * fails with that. An item whose future is cancelled before its batch starts is left out.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the type of the items
 * @param <R> the type of what comes of an item
 */
public final class GroupCommitter<T, R extends @Nullable Object> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GroupCommitter.class);

  private static final Duration LAST_WAIT = Duration.ofMillis(250);

  private final String name;
  private final Commit<T, R> commit;
  private final int maxBatch;
  private final Duration linger;
  private final Duration grace;
  private final TimeSource time;
  private final Channel<Item<T, R>> channel;
  private final Gate ended;
  private final Thread writer;

  private GroupCommitter(Builder<T, R> options) {
    name = options.name;
    commit = options.commit;
    maxBatch = options.maxBatch;
    linger = options.linger;
    grace = options.grace;
    time = options.timeSource;
    ended = new Gate(time, this);
    channel = Channel.<Item<T, R>>builder()
        .capacity(options.capacity)
        .timeSource(time)
        .onUndelivered(item -> item.result.completeExceptionally(closed()))
        .build();
    writer = requireNonNull(options.threads().newThread(this::write), "thread of threadFactory");
  }

  /** Writes a batch. */
  @FunctionalInterface
  public interface Commit<T, R extends @Nullable Object> {

    /**
     * Writes all or nothing. Called by the thread of the committer only.
     *
     * @param items at least one, in the order of their acceptance
     * @return what came of each, in the same order
     * @throws Exception if none was written
     */
    List<R> commit(List<T> items) throws Exception;
  }

  private record Item<T, R extends @Nullable Object>(T value, CompletableFuture<R> result) {}

  /** Returns a builder for a committer that writes in this way. */
  public static <T, R extends @Nullable Object> Builder<T, R> builder(Commit<T, R> commit) {
    return new Builder<>(commit);
  }

  /**
   * Hands over an item; waits while as many are waiting as may.
   *
   * @return what comes of it, when it is written
   * @throws InterruptedException if the flag was set on entry or while waiting; the item will not be
   *     written
   * @throws CommitterClosedException if the committer was closed
   */
  public CompletableFuture<R> submit(T value) throws InterruptedException {
    var item = item(value);
    try {
      channel.send(item);
      return item.result;
    } catch (ChannelClosedException closed) {
      throw closed();
    }
  }

  /**
   * Hands over an item; waits while as many are waiting as may, but no longer than the given time.
   *
   * @return empty if the time was over before; the item will not be written
   * @throws InterruptedException if the flag was set on entry or while waiting; the item will not be
   *     written
   * @throws CommitterClosedException if the committer was closed
   */
  public Optional<CompletableFuture<R>> submit(T value, Duration timeout)
      throws InterruptedException {
    var item = item(value);
    try {
      return channel.send(item, timeout) ? Optional.of(item.result) : Optional.empty();
    } catch (ChannelClosedException closed) {
      throw closed();
    }
  }

  /**
   * Hands over an item, unless as many are waiting as may. Does not wait.
   *
   * @return empty if so; the item will not be written
   * @throws CommitterClosedException if the committer was closed
   */
  public Optional<CompletableFuture<R>> trySubmit(T value) {
    var item = item(value);
    try {
      return channel.trySend(item) ? Optional.of(item.result) : Optional.empty();
    } catch (ChannelClosedException closed) {
      throw closed();
    }
  }

  private Item<T, R> item(T value) {
    return new Item<>(requireNonNull(value, "value"), new CompletableFuture<>());
  }

  private CommitterClosedException closed() {
    return new CommitterClosedException(name);
  }

  private void write() {
    try {
      while (true) {
        var batch = linger.isPositive()
            ? channel.receiveBatch(maxBatch, linger)
            : channel.receiveBatch(maxBatch);
        write(batch);
      }
    } catch (ChannelClosedException written) {
      log.debug("Committer '{}' has written everything", name);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      channel.cancel(closed());
      ended.open();
    }
  }

  private void write(List<Item<T, R>> batch) {
    var items = batch.stream().filter(item -> !item.result.isDone()).toList();
    if (items.isEmpty()) {
      return;
    }
    List<R> results;
    try {
      results = commit.commit(items.stream().map(Item::value).toList());
      if (results.size() != items.size()) {
        throw new IllegalStateException("the commit of %d items must return %d results, not %d"
            .formatted(items.size(), items.size(), results.size()));
      }
    } catch (Throwable failure) {
      items.forEach(item -> item.result.completeExceptionally(failure));
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (failure instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      return;
    }
    var remaining = new ArrayList<>(results).iterator();
    items.forEach(item -> item.result.complete(remaining.next()));
  }

  /** Returns how many items wait to be written. */
  public int size() {
    return channel.size();
  }

  /**
   * Accepts no more items, and waits until those accepted are written.
   *
   * <p>After the grace, or when interrupted, it interrupts the writer and fails what is not written
   * with a {@link CommitterClosedException}; a flag that was set is set when this returns. Closing
   * again waits in the same way. Called by the writer itself, in a commit or in what follows from a
   * result, it does not wait: what was accepted is written after that.
   */
  @Override
  public void close() {
    channel.close();
    if (writer.equals(Thread.currentThread())) {
      return;
    }
    if (!awaitEnd()) {
      log.warn("Committer '{}' was closed before {} items were written", name, channel.size());
      channel.cancel(closed());
      writer.interrupt();
      ended.awaitUninterruptibly(LAST_WAIT);
    }
  }

  private boolean awaitEnd() {
    try {
      return ended.isOpen() || ended.await(grace);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String toString() {
    return "GroupCommitter '" + name + "'";
  }

  /** Builds a {@link GroupCommitter}. Not for several threads. */
  public static final class Builder<T, R extends @Nullable Object> {

    private final Commit<T, R> commit;
    private String name = "committer";
    private int maxBatch = 256;
    private int capacity = 1_000;
    private Duration linger = Duration.ZERO;
    private Duration grace = Duration.ofSeconds(30);
    private TimeSource timeSource = TimeSource.system();
    private @Nullable ThreadFactory threadFactory;

    private Builder(Commit<T, R> commit) {
      this.commit = requireNonNull(commit, "commit");
    }

    /**
     * Names the committer and its thread. The default is {@code committer}.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public Builder<T, R> name(String name) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      this.name = name;
      return this;
    }

    /**
     * Sets how many items are written at once at most. The default is 256.
     *
     * @throws IllegalArgumentException if {@code maxBatch} is less than 1
     */
    public Builder<T, R> maxBatch(int maxBatch) {
      this.maxBatch = positive(maxBatch, "maxBatch");
      return this;
    }

    /**
     * Sets how many items may wait before submitters do. The default is 1,000.
     *
     * @throws IllegalArgumentException if {@code capacity} is less than 1
     */
    public Builder<T, R> capacity(int capacity) {
      this.capacity = positive(capacity, "capacity");
      return this;
    }

    /**
     * Sets how long the writer waits for a batch to become full after its first item. The default is
     * not to wait.
     *
     * @throws IllegalArgumentException if {@code linger} is negative
     */
    public Builder<T, R> linger(Duration linger) {
      this.linger = notNegative(linger, "linger");
      return this;
    }

    /**
     * Sets how long {@code close} waits before it gives up what is not written. The default is 30 s.
     *
     * @throws IllegalArgumentException if {@code grace} is negative
     */
    public Builder<T, R> grace(Duration grace) {
      this.grace = notNegative(grace, "grace");
      return this;
    }

    /** Sets what makes the thread that writes. The default makes a virtual thread. */
    public Builder<T, R> threadFactory(ThreadFactory threadFactory) {
      this.threadFactory = requireNonNull(threadFactory, "threadFactory");
      return this;
    }

    /** Sets where time comes from. The default is real time. Meant for tests. */
    public Builder<T, R> timeSource(TimeSource timeSource) {
      this.timeSource = requireNonNull(timeSource, "timeSource");
      return this;
    }

    private ThreadFactory threads() {
      return threadFactory != null
          ? threadFactory
          : Thread.ofVirtual().name(name).factory();
    }

    private static int positive(int value, String option) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " must be at least 1, was " + value);
      }
      return value;
    }

    private static Duration notNegative(Duration value, String option) {
      if (value.isNegative()) {
        throw new IllegalArgumentException(option + " must not be negative, was " + value);
      }
      return value;
    }

    /** Returns a committer with these settings, and starts its thread. */
    public GroupCommitter<T, R> open() {
      var committer = new GroupCommitter<>(this);
      committer.writer.start();
      return committer;
    }
  }
}
