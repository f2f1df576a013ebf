package dev.touchstone.concurrency.pipeline;

/** Takes the elements that one thread passes on from stage to stage. */
@FunctionalInterface
interface Link {

  /**
   * Takes an element and answers for it from here on: it is passed on, dropped or reported, also
   * when this throws.
   *
   * @throws InterruptedException if the thread was interrupted
   * @throws Signal if the thread is to end
   */
  void accept(Object element) throws InterruptedException;
}
