package dev.touchstone.patterns.lazy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The lazy value of {@link Lazy#of}: one field, read with acquire and written with release. */
final class FieldLazy<T> implements Lazy<T> {

  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(FieldLazy.class, "value", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String name;

  @SuppressWarnings("unused") // by VALUE
  private @Nullable Object value;

  /** Null once the value is made, so that the initializer can be collected. */
  private volatile @Nullable Initialization<T> initialization;

  FieldLazy(Initialization<T> initialization) {
    this.name = initialization.name();
    this.initialization = initialization;
  }

  @Override
  @SuppressWarnings("unchecked")
  public T get() {
    var made = VALUE.getAcquire(this);
    return made != null ? (T) made : make();
  }

  @SuppressWarnings("unchecked")
  private T make() {
    var unfinished = initialization;
    if (unfinished == null) { // made between the two reads; the value was written first
      return (T) VALUE.getAcquire(this);
    }
    var made = unfinished.result();
    VALUE.setRelease(this, made);
    initialization = null;
    return made;
  }

  @Override
  public boolean isInitialized() {
    return VALUE.getAcquire(this) != null;
  }

  @Override
  public String toString() {
    var made = VALUE.getAcquire(this);
    return "Lazy[" + name + (made == null ? ", not made]" : "=" + made + "]");
  }
}
