package dev.touchstone.patterns.lazy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/**
 * The lazy value of {@link Lazy#constant}.
 *
 * @param initialization makes the value and keeps it
 * @param invoker calls {@code initialization}, and once that has succeeded returns the value
 */
record ConstantLazy<T>(Initialization<T> initialization, MethodHandle invoker) implements Lazy<T> {

  /*
   * HotSpot treats the fields of a record as constants when the record itself is one, and compiles
   * the target of a constant call site into its caller, to be compiled anew when the target changes
   * (which happens here once). A lazy value in a static final field thus becomes a chain of
   * constants: field, record, call site, target, value.
   *
   * Another thread may go on seeing the old target for a while. It then asks the initialization,
   * which hands out the finished value, so that only the speed depends on when it sees the new one.
   * What is behind the new target is visible with it: a bound argument is a final field.
   */

  private static final MethodHandle MAKE;

  static {
    try {
      MAKE = MethodHandles.lookup()
          .findStatic(
              ConstantLazy.class,
              "make",
              MethodType.methodType(Object.class, MutableCallSite.class, Initialization.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  static <T> ConstantLazy<T> of(Initialization<T> initialization) {
    var site = new MutableCallSite(MethodType.methodType(Object.class));
    site.setTarget(MethodHandles.insertArguments(MAKE, 0, site, initialization));
    return new ConstantLazy<>(initialization, site.dynamicInvoker());
  }

  @SuppressWarnings("unused") // the first target of the call site
  private static Object make(MutableCallSite site, Initialization<?> initialization) {
    var made = initialization.result();
    site.setTarget(MethodHandles.constant(Object.class, made));
    return made;
  }

  @Override
  @SuppressWarnings("unchecked")
  public T get() {
    try {
      return (T) (Object) invoker.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw unchecked(
          e); // an initializer that threw a checked exception behind the compiler's back
    }
  }

  @Override
  public boolean isInitialized() {
    return initialization.resultOrNull() != null;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X unchecked(Throwable e) throws X {
    throw (X) e;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return initialization.toString();
  }
}
