package dev.touchstone.concurrency.executor;

import dev.touchstone.concurrency.time.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A gate that opens once, for threads that wait for it and for actions to run then.
 *
 * <p>What happens before {@link #open} is seen by whoever finds the gate open.
 */
class Latch {

  /*
   * A Treiber stack of waiters that ends in OPEN once the gate is open. A waiter that gives up takes
   * its thread out of its node, and unlinks such nodes on the way; a node that is missed because of
   * a race is unlinked by the next one who gives up, or goes when the gate opens.
   *
   * Those who give up may still be on their way along the links when the gate opens. They only ever
   * skip nodes that are gone, so all others stay reachable, and the opener leaves those links alone:
   * it notes the order of registration in links of its own.
   */

  private static final Node OPEN = new Node(null, null);
  private static final VarHandle HEAD;

  static {
    try {
      HEAD = MethodHandles.lookup().findVarHandle(Latch.class, "head", Node.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private volatile @Nullable Node head;

  final boolean isOpen() {
    return head == OPEN;
  }

  /** Opens the gate: runs the actions in the order of their registration, wakes the threads. */
  final void open() {
    var waiting = (@Nullable Node) HEAD.getAndSet(this, OPEN);
    Node oldest = null;
    while (waiting != null && waiting != OPEN) {
      waiting.newer = oldest;
      oldest = waiting;
      waiting = waiting.next;
    }
    for (var node = oldest; node != null; node = node.newer) {
      node.release();
    }
  }

  /** Runs the action when the gate opens, on the opening thread, or now if it is open. */
  final void whenOpen(Runnable action) {
    if (!push(new Node(null, action))) {
      action.run();
    }
  }

  /** Waits until the gate is open. Interruption clears the flag and throws. */
  final void await(TimeSource time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var node = new Node(Thread.currentThread(), null);
    if (!push(node)) {
      return;
    }
    while (!isOpen()) {
      if (Thread.interrupted()) {
        giveUp(node);
        throw new InterruptedException();
      }
      time.park(this);
    }
  }

  /** Waits until the gate is open or the deadline has come; returns whether it is open. */
  final boolean awaitUntil(TimeSource time, long deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (isOpen() || deadline - time.nanoTime() <= 0) {
      return isOpen();
    }
    var node = new Node(Thread.currentThread(), null);
    if (!push(node)) {
      return true;
    }
    while (!isOpen()) {
      if (Thread.interrupted()) {
        giveUp(node);
        throw new InterruptedException();
      }
      if (deadline - time.nanoTime() <= 0) {
        giveUp(node);
        return isOpen();
      }
      time.parkUntil(this, deadline);
    }
    return true;
  }

  /** Waits until the gate is open, through interruptions; the flag is set if there were any. */
  final void awaitUninterruptibly(TimeSource time) {
    var interrupted = false;
    while (!isOpen()) {
      try {
        await(time);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean push(Node node) {
    while (true) {
      var top = head;
      if (top == OPEN) {
        return false;
      }
      node.next = top;
      if (HEAD.compareAndSet(this, top, node)) {
        return true;
      }
    }
  }

  private void giveUp(Node gone) {
    gone.thread = null;
    var top = head;
    while (top != null && top != OPEN && top.isGone()) {
      if (!HEAD.compareAndSet(this, top, top.next)) {
        return;
      }
      top = head;
    }
    if (top == OPEN) {
      return;
    }
    for (var node = top; node != null; node = node.next) {
      var next = node.next;
      while (next != null && next.isGone()) {
        next = next.next;
      }
      node.next = next;
    }
  }

  private static final class Node {

    volatile @Nullable Thread thread;
    final @Nullable Runnable action;
    volatile @Nullable Node next;

    /** Used by the opener only. */
    @Nullable
    Node newer;

    Node(@Nullable Thread thread, @Nullable Runnable action) {
      this.thread = thread;
      this.action = action;
    }

    boolean isGone() {
      return thread == null && action == null;
    }

    void release() {
      if (action != null) {
        action.run();
      } else {
        LockSupport.unpark(thread);
      }
    }
  }
}
