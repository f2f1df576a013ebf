package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One of the operations that a {@link Select} chooses from, and what to do when it was chosen.
 *
 * <p>Made by {@link Receiver#receiving} and {@link Sender#sending}. Immutable, may be used in several
 * selects; safe for use by several threads if its functions are.
 *
 * @param <R> the type of the result, which may be null
 */
public final class Clause<R extends @Nullable Object> {

  private final Supplier<@Nullable Supplier<R>> attempt;
  private final Function<? super ChannelClosedException, R> onClosed;

  /** The line to wait in, for waiters made by {@link #waiter}. */
  final Line line;

  private final boolean receives;
  private final @Nullable Object element;
  private final Function<Object, R> served;

  final AbstractChannel<?> channel;

  private Clause(
      AbstractChannel<?> channel,
      Line line,
      Supplier<@Nullable Supplier<R>> attempt,
      Function<Object, R> served,
      @Nullable Object element,
      Function<? super ChannelClosedException, R> onClosed) {
    this.channel = channel;
    this.line = line;
    this.attempt = attempt;
    this.served = served;
    this.element = element;
    this.receives = element == null;
    this.onClosed = onClosed;
  }

  @SuppressWarnings("unchecked") // a channel of T hands out elements of type T
  static <T, R extends @Nullable Object> Clause<R> receiving(
      AbstractChannel<T> channel, Function<? super T, R> then) {
    requireNonNull(then, "then");
    return new Clause<>(
        channel,
        channel.receiverLine(),
        () -> {
          var received = channel.tryReceive();
          return received == null ? null : () -> then.apply(received);
        },
        received -> then.apply((T) received),
        null,
        closed -> {
          throw closed;
        });
  }

  static <T, R extends @Nullable Object> Clause<R> sending(
      AbstractChannel<T> channel, T element, Supplier<R> then) {
    requireNonNull(then, "then");
    return new Clause<>(
        channel,
        channel.senderLine(),
        () -> channel.trySend(element) ? then : null,
        sent -> then.get(),
        element,
        closed -> {
          throw closed;
        });
  }

  /**
   * Returns the same clause with something to do when the channel is closed. Without it, the select
   * throws the {@link ChannelClosedException}.
   *
   * @param handler gives the result of the select from the exception that a plain operation would
   *     have thrown
   */
  public Clause<R> onClosed(Function<? super ChannelClosedException, R> handler) {
    requireNonNull(handler, "handler");
    return new Clause<>(channel, line, attempt, served, element, handler);
  }

  /**
   * Tries the operation.
   *
   * @return what to do after it took effect, or null if it would have to wait
   * @throws ChannelClosedException if the channel is closed
   */
  @Nullable
  Supplier<R> tryNow() {
    return attempt.get();
  }

  /** Returns what to do when the channel was found closed. */
  Supplier<R> closed(ChannelClosedException exception) {
    return () -> onClosed.apply(exception);
  }

  /** Returns a waiter that stands in the line for this clause. */
  Selection.Candidate waiter(Selection selection) {
    var candidate = selection.new Candidate();
    candidate.element = element;
    return candidate;
  }

  /** Returns what to do after a waiter of this clause was served by another thread. */
  Supplier<R> served(Selection.Candidate candidate) {
    var given = requireNonNull(receives ? candidate.element : element);
    return () -> served.apply(given);
  }
}
