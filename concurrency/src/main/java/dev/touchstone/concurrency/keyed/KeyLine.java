package dev.touchstone.concurrency.keyed;

import dev.touchstone.concurrency.waiting.Turn;
import dev.touchstone.concurrency.waiting.Turns;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The tasks of one key. Guarded by the guard of its executor. */
final class KeyLine<K> {

  final K key;

  /** Accepted, and not started. */
  final Deque<KeyedTask<K, ?>> queue = new ArrayDeque<>();

  /** Whose task waits for a place in the queue. */
  final Turns<Submitter<K>> submitters;

  /** Who waits until there is nothing to do. */
  final Turns<Turn> drainers;

  @Nullable
  KeyedTask<K, ?> running;

  /** The thread that runs it. */
  @Nullable
  Thread runner;

  /** Whether it is in the line of keys with something to do, or a worker is at it. */
  boolean isScheduled;

  KeyLine(K key, ReentrantLock guard) {
    this.key = key;
    submitters = new Turns<>(guard);
    drainers = new Turns<>(guard);
  }

  /** A thread that waits for a place, with its task. */
  static final class Submitter<K> extends Turn {

    final KeyedTask<K, ?> task;

    /** Why there will be no place; written before the call. */
    @Nullable
    RuntimeException refusal;

    Submitter(KeyedTask<K, ?> task) {
      this.task = task;
    }
  }
}
