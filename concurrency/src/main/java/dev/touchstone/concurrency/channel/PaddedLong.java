package dev.touchstone.concurrency.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter that shares its cache line with nothing else.
 *
 * <p>Processors move memory between them in lines of 64 bytes, often two lines at a time. Two
 * counters in one line would be fought for by threads that have nothing to do with each other.
 */
final class PaddedLong extends PaddedLongValue {

  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(PaddedLongValue.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  // 128 bytes after the value; the superclass has as many before it.
  long a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16;

  long get() {
    return value;
  }

  boolean compareAndSet(long expected, long next) {
    return VALUE.compareAndSet(this, expected, next);
  }

  /** Sets the bits of {@code bits} and returns the value before that. */
  long setBits(long bits) {
    return (long) VALUE.getAndBitwiseOr(this, bits);
  }
}

/** Fields of a superclass come before those of the subclass: that fixes the order in memory. */
abstract class PaddedLongValue extends PaddingBefore {
  volatile long value;
}

abstract class PaddingBefore {
  long b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15, b16;
}
