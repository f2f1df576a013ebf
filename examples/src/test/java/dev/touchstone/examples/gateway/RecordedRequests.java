package dev.touchstone.examples.gateway;

import dev.touchstone.examples.gateway.observe.Ended;
import dev.touchstone.examples.gateway.observe.RequestObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what an edge said of its requests. */
public final class RecordedRequests implements RequestObserver {

  private final List<Ended> all = new CopyOnWriteArrayList<>();

  @Override
  public void ended(Ended request) {
    all.add(request);
  }

  public List<Ended> all() {
    return all;
  }

  public void clear() {
    all.clear();
  }
}
