package dev.touchstone.patterns.observe;

/** Where a failure goes that happened on a thread of an executor. */
@FunctionalInterface
interface FailureReport {

  /** Reports a failure; throws it again if it is an error of the virtual machine. */
  void failed(Handler handler, Object event, Throwable cause);
}
