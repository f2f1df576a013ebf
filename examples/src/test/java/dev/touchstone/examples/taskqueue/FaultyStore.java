package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.store.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Function;

/** A store that does something else when a method of it is called. */
final class FaultyStore {

  private FaultyStore() {}

  /**
   * Returns a store that asks the fault what to return, or throw, instead of calling the method.
   *
   * @param fault returns empty for the method to be called
   */
  static JobStore around(JobStore store, Function<String, Optional<Object>> fault) {
    return (JobStore) Proxy.newProxyInstance(
        JobStore.class.getClassLoader(),
        new Class<?>[] {JobStore.class},
        (proxy, method, arguments) -> {
          var instead = fault.apply(method.getName());
          if (instead.isPresent()) {
            return instead.get();
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
