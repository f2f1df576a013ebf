package dev.touchstone.patterns.command;

/** The edit that changes nothing. */
enum NoEdit implements Edit<Object> {
  INSTANCE;

  @SuppressWarnings("unchecked") // it looks at no target
  static <T> Edit<T> instance() {
    return (Edit<T>) INSTANCE;
  }

  @Override
  public Edit<Object> applyTo(Object target) {
    return this;
  }

  @Override
  public String label() {
    return "nothing";
  }

  @Override
  public long weight() {
    return 0;
  }
}
