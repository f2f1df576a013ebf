package dev.touchstone.concurrency.context;

/** Nothing: captured, opened and closed without creating an object. */
enum NoContext implements ContextPropagation {
  INSTANCE;

  private static final Scope SCOPE = () -> {};
  private static final Snapshot SNAPSHOT = () -> SCOPE;

  @Override
  public Snapshot capture() {
    return SNAPSHOT;
  }
}
