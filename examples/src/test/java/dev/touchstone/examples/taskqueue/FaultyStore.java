package dev.touchstone.examples.taskqueue;

import dev.touchstone.examples.taskqueue.store.JobStore;
import dev.touchstone.examples.taskqueue.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.BiPredicate;
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

  /**
   * Returns a store whose answers get lost: the method is called, and what it did stays done, but the
   * caller is told of a failure.
   *
   * @param isLost decides by the name of the method and the answer
   */
  static JobStore losing(JobStore store, BiPredicate<String, Object> isLost) {
    return (JobStore) Proxy.newProxyInstance(
        JobStore.class.getClassLoader(),
        new Class<?>[] {JobStore.class},
        (proxy, method, arguments) -> {
          var answer = method.invoke(store, arguments);
          if (isLost.test(method.getName(), answer)) {
            throw new StoreException("the connection was lost");
          }
          return answer;
        });
  }
}
