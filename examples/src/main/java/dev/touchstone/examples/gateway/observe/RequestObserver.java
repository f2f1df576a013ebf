package dev.touchstone.examples.gateway.observe;

import java.util.List;

/**
 * Is told of requests that are over.
 *
 * <p>Called by the thread of the request, by several at a time; it should be quick, and must not throw.
 */
@FunctionalInterface
public interface RequestObserver {

  /** Takes note of a request. */
  void ended(Ended request);

  /** Returns one that tells several. */
  static RequestObserver all(RequestObserver... observers) {
    var each = List.of(observers);
    return request -> each.forEach(observer -> observer.ended(request));
  }
}
