package dev.touchstone.concurrency.channel;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Walks through every interleaving of the protocol of {@link WaitLine} for a few threads.
 *
 * <p>Each step of a thread is one volatile access, one critical section of the lock of a line, or one
 * attempt on the ring, which is linearizable. The steps have the names that the essay in {@link
 * WaitLine} uses. A state in which no thread can move is a lost wake-up if a thread waits in line
 * there although its attempt would succeed.
 */
final class WaitLineModel {

  /** A step of the protocol that can be left out, to see that it is needed. */
  enum Omission {
    NOTHING,
    TRY_AGAIN_AFTER_JOINING,
    PUT_DOWN_BATON_BEFORE_LOOKING,
    PUT_DOWN_BATON_WHEN_INTERRUPTED,
    PASS_ON_WHEN_LEAVING,
    LOOK_AGAIN_AFTER_EMPTY_LINE,
    WAKE_ALL_ON_CLOSE
  }

  /** What a thread does next. */
  private enum Step {
    TRY,
    JOIN_LAST,
    JOIN_FIRST,
    TRY_IN_LINE,
    PARK,
    PUT_DOWN_BATON,
    TRY_AFTER_WAKE_UP,
    TRY_AFTER_TIMEOUT,
    LEAVE_LINE,
    LEAVE_BATON,
    PUT_DOWN_BATON_TO_PASS_ON,
    PUT_DOWN_BATON_LAST,
    PASS_ON,
    READ_WAITING,
    READ_BATON,
    TAKE_BATON,
    CHOOSE,
    RETURN_BATON,
    LOOK_AGAIN,
    CLOSE,
    WAKE_ALL_SENDERS,
    WAKE_ALL_RECEIVERS,
    DONE
  }

  private static final int SENDERS = 0;
  private static final int RECEIVERS = 1;
  private static final byte OUTSIDE = 0;
  private static final byte IN_LINE = 1;
  private static final byte CHOSEN = 2;

  private final int senders;
  private final int receivers;
  private final int closers;
  private final int capacity;
  private final int operations;
  private final int interrupts;
  private final Omission omission;

  private final Set<ByteBuffer> seen = new HashSet<>();
  private final ArrayDeque<State> frontier = new ArrayDeque<>();

  /**
   * Makes a model.
   *
   * @param operations how often each thread sends or receives
   * @param interrupts how many waits are ended by an interrupt or a timeout
   */
  WaitLineModel(
      int senders,
      int receivers,
      int closers,
      int capacity,
      int operations,
      int interrupts,
      Omission omission) {
    this.senders = senders;
    this.receivers = receivers;
    this.closers = closers;
    this.capacity = capacity;
    this.operations = operations;
    this.interrupts = interrupts;
    this.omission = omission;
  }

  /** Returns whether a state with a lost wake-up can be reached. */
  boolean losesAWakeUp() {
    visit(new State());
    while (!frontier.isEmpty()) {
      var state = frontier.poll();
      var moved = false;
      for (var thread = 0; thread < threads(); thread++) {
        moved |= advance(state, thread);
      }
      if (!moved && state.hasForgottenWaiter()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the number of states visited so far. */
  int states() {
    return seen.size();
  }

  private int threads() {
    return senders + receivers + closers;
  }

  private void visit(State state) {
    var canonical = state.canonical();
    if (seen.add(ByteBuffer.wrap(canonical.bytes))) {
      frontier.add(canonical);
    }
  }

  /** Visits the states that one step of a thread leads to; returns whether it can move. */
  private boolean advance(State before, int thread) {
    var s = before.copy();
    var side = s.side(thread);
    switch (s.step(thread)) {
      case TRY -> s.attempt(thread, Step.JOIN_LAST);
      case JOIN_LAST -> s.join(thread, false);
      case JOIN_FIRST -> s.join(thread, true);
      case TRY_IN_LINE -> s.attempt(thread, Step.PARK);
      case PARK -> {
        if (s.place(thread) != IN_LINE) {
          var keepsBaton = omission == Omission.PUT_DOWN_BATON_BEFORE_LOOKING;
          s.go(thread, keepsBaton ? Step.TRY_AFTER_WAKE_UP : Step.PUT_DOWN_BATON);
        } else {
          if (s.interruptsLeft() > 0) {
            s.interrupt();
            var interrupted = s.copy();
            interrupted.go(thread, Step.LEAVE_LINE);
            visit(interrupted);
            s.go(thread, Step.TRY_AFTER_TIMEOUT);
            visit(s);
          }
          return false; // nobody may rely on an interrupt
        }
      }
      case PUT_DOWN_BATON -> {
        s.putDownBaton(thread);
        s.go(thread, Step.TRY_AFTER_WAKE_UP);
      }
      case TRY_AFTER_WAKE_UP -> {
        s.attempt(thread, Step.JOIN_FIRST);
        if (s.step(thread) == Step.JOIN_FIRST) {
          s.putDownBaton(thread); // has been done before unless that was left out
        }
      }
      case TRY_AFTER_TIMEOUT -> s.attempt(thread, Step.LEAVE_LINE);
      case LEAVE_LINE -> {
        if (s.place(thread) == IN_LINE) {
          s.unlink(side, s.indexInLine(side, thread), OUTSIDE);
        }
        var forgetsBaton = omission == Omission.PUT_DOWN_BATON_WHEN_INTERRUPTED;
        s.go(thread, forgetsBaton ? Step.PASS_ON : Step.LEAVE_BATON);
      }
      case LEAVE_BATON -> {
        if (omission == Omission.PUT_DOWN_BATON_BEFORE_LOOKING) {
          s.go(thread, s.ready(side) ? Step.PUT_DOWN_BATON_TO_PASS_ON : Step.PUT_DOWN_BATON_LAST);
        } else {
          s.putDownBaton(thread);
          s.go(thread, Step.PASS_ON);
        }
      }
      case PUT_DOWN_BATON_TO_PASS_ON -> {
        s.putDownBaton(thread);
        s.go(thread, Step.PASS_ON);
      }
      case PUT_DOWN_BATON_LAST -> {
        s.putDownBaton(thread);
        s.nextOperation(thread);
      }
      case PASS_ON -> {
        var passesOn = omission != Omission.PASS_ON_WHEN_LEAVING && s.hadBaton(thread);
        if (passesOn && s.ready(side)) {
          s.wakeOne(thread, side, Step.TRY);
        } else {
          s.nextOperation(thread);
        }
      }
      case READ_WAITING ->
        s.unlessOver(thread, s.lineLength(s.target(thread)) > 0, Step.READ_BATON);
      case READ_BATON -> s.unlessOver(thread, !s.baton(s.target(thread)), Step.TAKE_BATON);
      case TAKE_BATON -> {
        var free = !s.baton(s.target(thread));
        s.setBaton(s.target(thread), true);
        s.unlessOver(thread, free, Step.CHOOSE);
      }
      case CHOOSE -> {
        var empty = s.lineLength(s.target(thread)) == 0;
        if (!empty) {
          s.unlink(s.target(thread), 0, CHOSEN);
        }
        s.unlessOver(thread, empty, Step.RETURN_BATON);
      }
      case RETURN_BATON -> {
        s.setBaton(s.target(thread), false);
        s.unlessOver(thread, omission != Omission.LOOK_AGAIN_AFTER_EMPTY_LINE, Step.LOOK_AGAIN);
      }
      case LOOK_AGAIN -> s.unlessOver(thread, s.ready(s.target(thread)), Step.READ_WAITING);
      case CLOSE -> {
        s.close();
        s.go(thread, omission == Omission.WAKE_ALL_ON_CLOSE ? Step.DONE : Step.WAKE_ALL_SENDERS);
      }
      case WAKE_ALL_SENDERS -> s.wakeNext(thread, SENDERS, Step.WAKE_ALL_RECEIVERS);
      case WAKE_ALL_RECEIVERS -> s.wakeNext(thread, RECEIVERS, Step.DONE);
      case DONE -> {
        return false;
      }
    }
    visit(s);
    return true;
  }

  /** All variables of the protocol, packed so that states can be compared and stored. */
  private final class State {

    private static final int ITEMS = 0;
    private static final int CLOSED = 1;
    private static final int INTERRUPTS = 2;
    private static final int BATONS = 3;
    private static final int LENGTHS = 5;
    private static final int LINES = 7;
    private static final int FIELDS = 6;

    final byte[] bytes;

    private State(byte[] bytes) {
      this.bytes = bytes;
    }

    State() {
      this(new byte[LINES + 2 * threads() + FIELDS * threads()]);
      bytes[INTERRUPTS] = (byte) interrupts;
      for (var thread = 0; thread < threads(); thread++) {
        var closes = thread >= senders + receivers;
        go(thread, closes ? Step.CLOSE : Step.TRY);
        bytes[field(thread, 3)] = (byte) operations;
      }
    }

    State copy() {
      return new State(bytes.clone());
    }

    /** Returns the state with the threads of each kind, which are all alike, in a fixed order. */
    State canonical() {
      var order = new Integer[threads()];
      Arrays.setAll(order, thread -> thread);
      Arrays.sort(order, 0, senders, this::compare);
      Arrays.sort(order, senders, senders + receivers, this::compare);
      Arrays.sort(order, senders + receivers, threads(), this::compare);
      var sorted = copy();
      for (var thread = 0; thread < threads(); thread++) {
        System.arraycopy(bytes, field(order[thread], 0), sorted.bytes, field(thread, 0), FIELDS);
        if (place(order[thread]) == IN_LINE) {
          var side = side(thread);
          sorted.bytes[line(side) + indexInLine(side, order[thread])] = (byte) thread;
        }
      }
      return sorted;
    }

    private int compare(int one, int two) {
      var fields = Arrays.compare(
          bytes,
          field(one, 0),
          field(one, 0) + FIELDS,
          bytes,
          field(two, 0),
          field(two, 0) + FIELDS);
      return fields != 0 || place(one) != IN_LINE
          ? fields
          : Integer.compare(indexInLine(side(one), one), indexInLine(side(two), two));
    }

    // The shared variables.

    boolean isClosed() {
      return bytes[CLOSED] != 0;
    }

    void close() {
      bytes[CLOSED] = 1;
    }

    int interruptsLeft() {
      return bytes[INTERRUPTS];
    }

    void interrupt() {
      bytes[INTERRUPTS]--;
    }

    boolean ready(int side) {
      return side == SENDERS ? bytes[ITEMS] < capacity : bytes[ITEMS] > 0;
    }

    boolean baton(int side) {
      return bytes[BATONS + side] != 0;
    }

    void setBaton(int side, boolean taken) {
      bytes[BATONS + side] = (byte) (taken ? 1 : 0);
    }

    int lineLength(int side) {
      return bytes[LENGTHS + side];
    }

    int indexInLine(int side, int thread) {
      var index = 0;
      while (bytes[line(side) + index] != thread) {
        index++;
      }
      return index;
    }

    void unlink(int side, int index, byte destination) {
      var at = line(side) + index;
      var length = bytes[LENGTHS + side]--;
      bytes[field(bytes[at], 1)] = destination;
      System.arraycopy(bytes, at + 1, bytes, at, length - index - 1);
      bytes[line(side) + length - 1] = 0;
    }

    void join(int thread, boolean first) {
      var side = side(thread);
      var length = bytes[LENGTHS + side]++;
      var index = first ? 0 : length;
      var at = line(side) + index;
      System.arraycopy(bytes, at, bytes, at + 1, length - index);
      bytes[at] = (byte) thread;
      bytes[field(thread, 1)] = IN_LINE;
      var looksOnce = omission == Omission.TRY_AGAIN_AFTER_JOINING;
      go(thread, looksOnce ? Step.PARK : Step.TRY_IN_LINE);
    }

    private int line(int side) {
      return LINES + side * threads();
    }

    // The variables of a thread: step, place, hadBaton, operations left, target of wakeOne, step
    // after.

    private int field(int thread, int number) {
      return LINES + 2 * threads() + FIELDS * thread + number;
    }

    int side(int thread) {
      return thread < senders ? SENDERS : RECEIVERS;
    }

    Step step(int thread) {
      return Step.values()[bytes[field(thread, 0)]];
    }

    void go(int thread, Step step) {
      bytes[field(thread, 0)] = (byte) step.ordinal();
    }

    byte place(int thread) {
      return bytes[field(thread, 1)];
    }

    boolean hadBaton(int thread) {
      return bytes[field(thread, 2)] != 0;
    }

    int target(int thread) {
      return bytes[field(thread, 4)];
    }

    void putDownBaton(int thread) {
      if (place(thread) == CHOSEN) {
        bytes[field(thread, 1)] = OUTSIDE;
        bytes[field(thread, 2)] = 1;
        setBaton(side(thread), false);
      }
    }

    /** Sends or receives, or learns of the close, or goes on to {@code otherwise}. */
    void attempt(int thread, Step otherwise) {
      var side = side(thread);
      var inLine = step(thread) != Step.TRY;
      var refused = side == SENDERS && isClosed();
      if (ready(side) && !refused) {
        bytes[ITEMS] += (byte) (side == SENDERS ? 1 : -1);
        wakeOne(thread, 1 - side, inLine ? Step.LEAVE_LINE : Step.TRY);
      } else if (isClosed()) {
        go(thread, inLine ? Step.LEAVE_LINE : Step.DONE);
        bytes[field(thread, 3)] = 1;
      } else {
        go(thread, otherwise);
      }
    }

    void wakeOne(int thread, int side, Step after) {
      bytes[field(thread, 4)] = (byte) side;
      bytes[field(thread, 5)] = (byte) after.ordinal();
      go(thread, Step.READ_WAITING);
    }

    /** Goes on in wakeOne, or returns from it. */
    void unlessOver(int thread, boolean goesOn, Step next) {
      if (goesOn) {
        go(thread, next);
      } else if (bytes[field(thread, 5)] == Step.TRY.ordinal()) {
        nextOperation(thread);
      } else {
        go(thread, Step.values()[bytes[field(thread, 5)]]);
      }
    }

    void nextOperation(int thread) {
      bytes[field(thread, 1)] = OUTSIDE;
      bytes[field(thread, 2)] = 0;
      go(thread, --bytes[field(thread, 3)] > 0 ? Step.TRY : Step.DONE);
    }

    void wakeNext(int thread, int side, Step next) {
      if (lineLength(side) > 0) {
        unlink(side, 0, OUTSIDE);
      } else {
        go(thread, next);
      }
    }

    /** Returns whether a thread waits although it need not. */
    boolean hasForgottenWaiter() {
      return (lineLength(SENDERS) > 0 && (ready(SENDERS) || isClosed()))
          || (lineLength(RECEIVERS) > 0 && (ready(RECEIVERS) || isClosed()));
    }
  }
}
