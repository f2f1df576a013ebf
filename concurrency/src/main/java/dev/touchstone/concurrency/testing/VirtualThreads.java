package dev.touchstone.concurrency.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes virtual threads that run where we say, through internals of the JDK.
 *
 * <p>Everything that depends on those internals is in this class. It uses the constructor {@code
 * java.lang.ThreadBuilders$VirtualThreadBuilder(Executor)}, which the JDK keeps for its own tests,
 * and the field of a continuation that holds its thread. Threads that such a thread starts inherit
 * its executor.
 */
final class VirtualThreads {

  private static final String BUILDER = "java.lang.ThreadBuilders$VirtualThreadBuilder";

  private VirtualThreads() {}

  /** Returns a builder of virtual threads that go on when a task given to the executor is run. */
  static Thread.Builder.OfVirtual on(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual) constructor().newInstance(scheduler);
    } catch (ReflectiveOperationException changed) {
      throw unusable(changed);
    }
  }

  /** Returns the thread that the given task of the executor lets go on. */
  static Thread threadOf(Runnable continuation) {
    try {
      for (Field field : continuation.getClass().getDeclaredFields()) {
        if (Thread.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          return (Thread) field.get(continuation);
        }
      }
      throw unusable(null);
    } catch (IllegalAccessException | RuntimeException changed) {
      throw unusable(changed);
    }
  }

  private static Constructor<?> constructor() throws ReflectiveOperationException {
    var constructor = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
    if (!constructor.trySetAccessible()) {
      throw unusable(null);
    }
    return constructor;
  }

  private static IllegalStateException unusable(@Nullable Throwable cause) {
    var module = VirtualThreads.class.getModule();
    var target = module.isNamed() ? module.getName() : "ALL-UNNAMED";
    return new IllegalStateException(
        "a simulation has to schedule virtual threads itself: start this virtual machine (JDK "
            + Runtime.version().feature()
            + ") with --add-opens java.base/java.lang="
            + target,
        cause);
  }
}
