package dev.touchstone.concurrency.channel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A buffer without a bound, in a linked list of small arrays. */
final class Chunks<E> extends Buffer<E> {

  /*
   * Ticket t lives in slot t mod 64 of chunk t / 64. A slot is used once: it is published when it is
   * not null. A chunk is appended before the ticket that needs it is claimed, so running out of memory
   * leaves no claimed slot behind that nobody would ever fill.
   *
   * tailChunk and headChunk are only places to start from. They are read before the counter, and they
   * never point past the chunk of a ticket that was claimed before; so they never lie past the chunk
   * of the ticket that the counter shows afterwards, and the way on is along the links. Taken elements
   * are cleared, and passed chunks are left to the garbage collector.
   *
   * Source: the layout is that of JCTools' MpmcUnboundedXaddArrayQueue; a compare-and-set in place of
   * its fetch-and-add because tail also carries the closed bit.
   */

  private static final int LENGTH = 64;

  private static final class Chunk<E> extends AtomicReferenceArray<@Nullable E> {

    private static final long serialVersionUID = 1L;

    final long number;
    final transient AtomicReference<@Nullable Chunk<E>> next = new AtomicReference<>();

    Chunk(long number) {
      super(LENGTH);
      this.number = number;
    }
  }

  private final AtomicReference<Chunk<E>> headChunk;
  private final AtomicReference<Chunk<E>> tailChunk;

  Chunks() {
    var first = new Chunk<E>(0);
    headChunk = new AtomicReference<>(first);
    tailChunk = new AtomicReference<>(first);
  }

  @Override
  Offer offer(E element) {
    while (true) {
      var start = tailChunk.get();
      var ticket = tail.get();
      if (ticket < 0) {
        return Offer.CLOSED;
      }
      var chunk = findOrAppend(start, ticket / LENGTH);
      if (tail.compareAndSet(ticket, ticket + 1)) {
        chunk.setRelease(slot(ticket), element);
        if (chunk != start) {
          tailChunk.compareAndSet(start, chunk);
        }
        return Offer.ACCEPTED;
      }
    }
  }

  @Override
  @Nullable
  E poll() {
    for (var attempts = 0; ; attempts++) {
      var start = headChunk.get();
      var ticket = head.get();
      var chunk = find(start, ticket / LENGTH);
      var element = chunk == null ? null : chunk.getAcquire(slot(ticket));
      if (chunk != null && element != null) {
        if (head.compareAndSet(ticket, ticket + 1)) {
          chunk.setPlain(slot(ticket), null);
          advance(start, chunk);
          return element;
        }
      } else if (tickets(tail.get()) == ticket) {
        return null;
      } else if (head.get() == ticket) {
        awaitOwnerOfSlot(attempts);
      }
    }
  }

  /** Returns null: this buffer is never full. */
  @Override
  @Nullable
  E pollIfFull() {
    return null;
  }

  @Override
  List<E> pollUpTo(int max) {
    for (var attempts = 0; ; attempts++) {
      var start = headChunk.get();
      var first = head.get();
      var chunk = find(start, first / LENGTH);
      List<E> list = chunk == null ? List.of() : published(chunk, slot(first), max);
      if (chunk != null && !list.isEmpty()) {
        if (head.compareAndSet(first, first + list.size())) {
          for (var i = 0; i < list.size(); i++) {
            chunk.setPlain(slot(first) + i, null);
          }
          advance(start, chunk);
          return list;
        }
      } else if (tickets(tail.get()) == first) {
        return List.of();
      } else if (head.get() == first) {
        awaitOwnerOfSlot(attempts);
      }
    }
  }

  /** Returns the published elements of one chunk, from one slot on: at most to the chunk's end. */
  private List<E> published(Chunk<E> chunk, int from, int max) {
    var list = new ArrayList<E>();
    for (var slot = from; slot < LENGTH && list.size() < max; slot++) {
      var element = chunk.getAcquire(slot);
      if (element == null) {
        break;
      }
      list.add(element);
    }
    return list;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Only {@link #pollAll} claims tickets before it looks at their slots. It claims all that is
   * left, so nobody advances the first chunk meanwhile.
   */
  @Override
  E take(long ticket) {
    for (var attempts = 0; ; attempts++) {
      var chunk = find(headChunk.get(), ticket / LENGTH);
      var element = chunk == null ? null : chunk.getAcquire(slot(ticket));
      if (chunk != null && element != null) {
        chunk.setPlain(slot(ticket), null);
        return element;
      }
      awaitOwnerOfSlot(attempts);
    }
  }

  @Override
  int capacity() {
    return Integer.MAX_VALUE;
  }

  private @Nullable Chunk<E> find(Chunk<E> start, long number) {
    @Nullable Chunk<E> chunk = start;
    while (chunk != null && chunk.number < number) {
      chunk = chunk.next.get();
    }
    return chunk;
  }

  private Chunk<E> findOrAppend(Chunk<E> start, long number) {
    var chunk = start;
    while (chunk.number < number) {
      var next = chunk.next.get();
      if (next == null) {
        var appended = new Chunk<E>(chunk.number + 1);
        next = chunk.next.compareAndSet(null, appended) ? appended : chunk.next.get();
      }
      chunk = requireNonNull(next);
    }
    return chunk;
  }

  private void advance(Chunk<E> start, Chunk<E> chunk) {
    if (chunk != start) {
      headChunk.compareAndSet(start, chunk);
    }
  }

  private static int slot(long ticket) {
    return (int) (ticket % LENGTH);
  }
}
