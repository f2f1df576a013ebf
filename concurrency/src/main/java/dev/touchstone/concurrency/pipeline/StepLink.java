package dev.touchstone.concurrency.pipeline;

import org.jspecify.annotations.Nullable;

/** Lets a stage process each element, and passes on what it makes of it. */
final class StepLink implements Link {

  private final StageState stage;
  private final Link next;
  private final Counter.Part finished;

  StepLink(StageState stage, Link next) {
    this.stage = stage;
    this.next = next;
    finished = stage.finished.newPart();
  }

  @Override
  public void accept(Object element) throws InterruptedException {
    try {
      stage.passOn(process(element), next);
    } finally {
      finished.increment();
    }
  }

  private @Nullable Object process(Object element) throws InterruptedException {
    try {
      return stage.process(element);
    } catch (Throwable failure) {
      stage.undelivered(element);
      throw failure;
    }
  }
}
