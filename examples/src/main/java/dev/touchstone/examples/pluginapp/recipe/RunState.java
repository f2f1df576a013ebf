package dev.touchstone.examples.pluginapp.recipe;

/** Where a run is. */
public enum RunState {
  /** It has not begun. */
  READY,
  /** Rows go through. */
  RUNNING,
  /** A plugin was replaced, and the next version takes over. */
  HANDING_OVER,
  /** All rows went through. */
  FINISHED,
  /** It failed; what was written is incomplete. */
  FAILED,
  /** Somebody ended it; what was written is incomplete. */
  CANCELLED;

  /** Returns whether the run has ended. */
  public boolean isEnd() {
    return switch (this) {
      case READY, RUNNING, HANDING_OVER -> false;
      case FINISHED, FAILED, CANCELLED -> true;
    };
  }
}
