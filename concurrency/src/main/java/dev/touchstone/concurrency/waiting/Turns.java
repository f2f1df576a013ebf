package dev.touchstone.concurrency.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait in a line, guarded by the lock of whoever owns the line.
 *
 * <p>Whoever takes a turn out of the line decides what the wait was for, with the lock held, and
 * calls it afterwards. A waiter gives up by taking itself out, with the lock held too: so a waiter
 * whose patience ends or who is interrupted after it was taken has got what it waited for.
 *
 * @param <W> what waits
 */
public final class Turns<W extends Turn> {

  private final ReentrantLock guard;

  private @Nullable Turn first;
  private @Nullable Turn last;
  private int size;

  /** Creates an empty line guarded by the lock. All methods but {@code await} are called with it. */
  public Turns(ReentrantLock guard) {
    this.guard = guard;
  }

  /** Returns how many wait. */
  public int size() {
    return size;
  }

  /** Adds a turn at the end. */
  public void add(W turn) {
    turn.isInLine = true;
    turn.previous = last;
    if (last == null) {
      first = turn;
    } else {
      last.next = turn;
    }
    last = turn;
    size++;
  }

  /** Takes out the turn that has waited longest; null if there is none. */
  @SuppressWarnings("unchecked") // only add links turns, and it takes a W
  public @Nullable W pollFirst() {
    var turn = first;
    return turn != null && remove(turn) ? (W) turn : null;
  }

  /** Takes out the turn that has waited shortest; null if there is none. */
  @SuppressWarnings("unchecked")
  public @Nullable W pollLast() {
    var turn = last;
    return turn != null && remove(turn) ? (W) turn : null;
  }

  /** Returns a copy, the longest waiting first. */
  @SuppressWarnings("unchecked")
  public List<W> list() {
    var turns = new ArrayList<W>(size);
    for (var turn = first; turn != null; turn = turn.next) {
      turns.add((W) turn);
    }
    return turns;
  }

  /** Takes out all, the longest waiting first. */
  public List<W> pollAll() {
    var turns = list();
    turns.forEach(this::remove);
    return turns;
  }

  /**
   * Waits for a turn of the current thread that is or was in this line; called without the lock.
   *
   * <p>If the turn is taken and its thread interrupted, this returns true and the flag is set.
   *
   * @return whether it was taken; false if the patience was over before
   * @throws InterruptedException if the thread was interrupted before; the turn has left the line
   */
  public boolean await(W turn, Patience patience, Object blocker) throws InterruptedException {
    try {
      return turn.await(patience, blocker) || !leave(turn);
    } catch (InterruptedException interrupted) {
      if (leave(turn)) {
        throw interrupted;
      }
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean leave(Turn turn) {
    guard.lock();
    try {
      return remove(turn);
    } finally {
      guard.unlock();
    }
  }

  /** Takes the turn out, wherever it stands; returns whether it was there. */
  public boolean remove(Turn turn) {
    if (!turn.isInLine) {
      return false;
    }
    var before = turn.previous;
    var after = turn.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    turn.previous = null;
    turn.next = null;
    turn.isInLine = false;
    size--;
    return true;
  }
}
