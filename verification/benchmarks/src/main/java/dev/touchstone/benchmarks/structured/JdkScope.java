package dev.touchstone.benchmarks.structured;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;

/**
 * The structured task scope of JDK 25 through method handles: it is a preview, and this module is
 * compiled for JDK 21. The handles are constants, which the compiler inlines.
 */
final class JdkScope {

  private static final MethodHandle OPEN;
  private static final MethodHandle FORK;
  private static final MethodHandle JOIN;
  private static final MethodHandle CLOSE;

  static {
    try {
      var type = Class.forName("java.util.concurrent.StructuredTaskScope");
      var subtask = Class.forName("java.util.concurrent.StructuredTaskScope$Subtask");
      var lookup = MethodHandles.publicLookup();
      OPEN = erased(lookup.findStatic(type, "open", MethodType.methodType(type)));
      FORK =
          erased(lookup.findVirtual(type, "fork", MethodType.methodType(subtask, Callable.class)));
      JOIN = erased(lookup.findVirtual(type, "join", MethodType.methodType(Object.class)));
      CLOSE = erased(lookup.findVirtual(type, "close", MethodType.methodType(void.class)));
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  private JdkScope() {}

  private static MethodHandle erased(MethodHandle handle) {
    var type = handle.type();
    var erased = type.parameterCount() > 0 ? type.changeParameterType(0, Object.class) : type;
    return handle.asType(
        type.returnType() == void.class ? erased : erased.changeReturnType(Object.class));
  }

  static Object run(int subtasks, Callable<Integer> work) throws Throwable {
    var scope = (Object) OPEN.invokeExact();
    try {
      for (int i = 0; i < subtasks; i++) {
        var unused = (Object) FORK.invokeExact(scope, work);
      }
      return (Object) JOIN.invokeExact(scope);
    } finally {
      CLOSE.invokeExact(scope);
    }
  }
}
