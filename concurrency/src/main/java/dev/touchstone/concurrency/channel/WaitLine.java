package dev.touchstone.concurrency.channel;

import dev.touchstone.concurrency.channel.Waiter.Place;
import dev.touchstone.concurrency.time.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait at one side of a channel, first come, first served.
 *
 * <p>A waiter is woken to try again; nothing is handed to it. The lock guards the links of the line
 * only: no thread parks, is unparked, or runs code of a user while it holds that lock.
 */
final class WaitLine implements Line {

  /*
   * The protocol. What the line waits for (an element, a free place, the close) is called ready. It
   * must be ready for as long as nobody took it, and reading it must be a volatile read.
   *
   *   whoever makes it ready:  write ready; read waiting; if not 0, wakeOne()
   *   whoever waits:           write waiting (join); try; park
   *
   * All four are volatile accesses, which have one order for all threads. So either the waiter's try
   * comes after the write and succeeds, or the read of waiting comes after the join and sees the
   * waiter. (Dekker's argument. It needs nothing of the lock.)
   *
   * The baton. Waking a thread takes microseconds, so a fast sender would wake thread after thread
   * for elements that the first one, once it runs, will find all by itself; most of them would find
   * nothing. So a line has one baton, and a thread is woken only with the baton in its hand: while it
   * is under way, nobody else is woken. The chosen thread puts the baton down and then *looks*: when
   * it leaves, with or without success, it wakes the next one if that is ready and others wait.
   *
   * Nothing is lost: assume it was made ready, the baton was seen as taken and the wake-up left out.
   * The baton is put down after that reading, and its owner looks after it put it down, so it sees
   * both what is ready and who waits. This holds for each way in which a baton is put down:
   *   - by a chosen waiter that tries with success: it looks when it leaves the line;
   *   - by a chosen waiter whose time was over or which was interrupted at the same moment: it leaves
   *     by the same door. Dropping this is the classic way to lose a wake-up;
   *   - by a chosen waiter that found nothing because a running thread was faster: it joins at the
   *     front and tries once more before it parks, like every waiter;
   *   - by a waker that found the line empty, because the waiters it had counted had left: it looks
   *     again after it put the baton down (the loop in wakeOne).
   *
   * Hovering. Where one thread sends to one other, a waiter first gives its processor away twice: often
   * the other thread then fills or empties the buffer, and nobody has to be put to sleep and woken.
   * Where several threads wait at a side (Crowd) a waiter joins at once: those that hover would keep the
   * processors from those that have something to do (docs/benchmarks/channels.md, ADR 15).
   *
   * WaitLineModelTest walks through all interleavings of this protocol for small numbers of threads,
   * and shows that leaving out any one of these steps does lose a wake-up.
   *
   * Sources: the relay of wake-ups is known from java.util.concurrent.LinkedBlockingQueue (cascading
   * signals) and the Go runtime's "spinning" worker; both wake for each item what the relay wakes for
   * each run of items.
   */

  private static final VarHandle BATON;

  static {
    try {
      BATON = MethodHandles.lookup().findVarHandle(WaitLine.class, "baton", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int HOVER_YIELDS = 2;

  private final TimeSource time;
  private final BooleanSupplier ready;
  private final Crowd crowd;
  private final ReentrantLock lock = new ReentrantLock();

  private final WaiterQueue<Waiter> queue = new WaiterQueue<>(); // guarded by lock

  /** Waiters in line. Written with the lock held. */
  private volatile int waiting;

  /** Whether a wake-up is under way. */
  private volatile boolean baton;

  /**
   * Makes an empty line.
   *
   * @param ready whether a waiter that tried now might succeed; must never be false when it would
   * @param crowd shared with the line of the other side
   */
  WaitLine(TimeSource time, BooleanSupplier ready, Crowd crowd) {
    this.time = time;
    this.ready = ready;
    this.crowd = crowd;
  }

  /** Returns the number of threads in line, without the one that has been woken. */
  int waiting() {
    return waiting;
  }

  /**
   * Waits in line until an attempt returns something. The caller has tried in vain.
   *
   * @param attempt what to try, without waiting; null if there is nothing yet. What it throws ends
   *     the wait and is thrown
   * @param blocker what thread dumps show
   * @return the result of the attempt, or null if the time of the waiter is over
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  <R> @Nullable R await(Waiter waiter, Supplier<@Nullable R> attempt, Object blocker)
      throws InterruptedException {
    var early = hover(attempt);
    if (early != null) {
      return early;
    }
    try {
      join(waiter);
      while (true) {
        var result = attempt.get();
        if (result != null || !waiter.awaitTurn(time, blocker)) {
          return result != null ? result : attempt.get();
        }
        putDownBaton(waiter);
        result = attempt.get();
        if (result != null) {
          return result;
        }
        join(waiter); // at the front
      }
    } finally {
      leave(waiter);
    }
  }

  /** Tries again after each of a few yields, unless there is a crowd. */
  @SuppressWarnings("ThreadPriorityCheck") // correct without the yields, faster with them
  private <R> @Nullable R hover(Supplier<@Nullable R> attempt) {
    if (waiting == 0 && !crowd.isRemembered()) {
      for (var yields = 0; yields < HOVER_YIELDS; yields++) {
        Thread.yield();
        var result = attempt.get();
        if (result != null) {
          return result;
        }
      }
    }
    return null;
  }

  /** Wakes the first waiter unless a wake-up is under way. To be called after it became ready. */
  void wakeOne() {
    while (waiting != 0 && !baton && BATON.compareAndSet(this, false, true)) {
      var chosen = removeFirst(Place.CHOSEN);
      if (chosen != null) {
        LockSupport.unpark(chosen.thread);
        return;
      }
      baton = false;
      if (!ready.getAsBoolean()) {
        return;
      }
    }
  }

  /** Sends all waiters out of the line, to find the channel closed. */
  void wakeAll() {
    for (var waiter = removeFirst(Place.OUTSIDE);
        waiter != null;
        waiter = removeFirst(Place.OUTSIDE)) {
      LockSupport.unpark(waiter.thread);
    }
  }

  @Override
  public void join(Waiter waiter) {
    var returns = waiter.place == Place.CHOSEN || waiter.hadBaton;
    putDownBaton(waiter);
    lock.lock();
    try {
      if (returns) {
        queue.addFirst(waiter);
      } else {
        queue.addLast(waiter);
      }
      waiting = queue.size();
      if (waiting > 1) {
        crowd.wasSeen();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void leave(Waiter waiter) {
    if (waiter.place == Place.IN_LINE) {
      lock.lock();
      try {
        if (waiter.place == Place.IN_LINE) {
          queue.remove(waiter, Place.OUTSIDE);
          waiting = queue.size();
        }
      } finally {
        lock.unlock();
      }
    }
    putDownBaton(waiter);
    if (waiter.hadBaton && waiting != 0 && ready.getAsBoolean()) {
      wakeOne();
    }
  }

  private @Nullable Waiter removeFirst(Place destination) {
    lock.lock();
    try {
      var waiter = queue.removeFirst(destination);
      waiting = queue.size();
      return waiter;
    } finally {
      lock.unlock();
    }
  }

  private void putDownBaton(Waiter waiter) {
    if (waiter.place == Place.CHOSEN) {
      waiter.place = Place.OUTSIDE;
      waiter.hadBaton = true;
      baton = false;
    }
  }
}
