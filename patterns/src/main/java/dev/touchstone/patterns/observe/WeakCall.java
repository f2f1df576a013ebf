package dev.touchstone.patterns.observe;

import java.lang.ref.WeakReference;

/** Calls a weak listener as long as its owner is reachable. */
final class WeakCall<O> implements Listener<Object> {

  private final WeakReference<O> owner;
  private final WeakListener<? super O, Object> listener;

  WeakCall(O owner, WeakListener<? super O, Object> listener) {
    this.owner = new WeakReference<>(owner);
    this.listener = listener;
  }

  boolean hasOwner() {
    return owner.get() != null;
  }

  @Override
  public void on(Object event) throws Exception {
    var reachable = owner.get();
    if (reachable != null) {
      listener.on(reachable, event);
    }
  }
}
