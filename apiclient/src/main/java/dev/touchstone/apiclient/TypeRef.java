package dev.touchstone.apiclient;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its arguments, which a class literal cannot express: {@code new
 * TypeRef<List<Issue>>() {}}.
 *
 * <p><b>Source:</b> Neal Gafter, <i>Super Type Tokens</i>, 2006.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {

  private final Type type;

  /**
   * Captures the argument of the subclass.
   *
   * @throws IllegalStateException if the subclass gives no argument: {@code new TypeRef() {}}
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType self)) {
      throw new IllegalStateException("TypeRef needs a type argument, as in new TypeRef<X>() {}");
    }
    type = self.getActualTypeArguments()[0];
  }

  /** Returns the captured type. */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
