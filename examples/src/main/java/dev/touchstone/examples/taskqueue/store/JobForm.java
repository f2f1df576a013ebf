package dev.touchstone.examples.taskqueue.store;

/**
 * What a payload looks like: the kind of the job and the version of its form.
 *
 * @param kind names the handler
 * @param version from 1
 */
public record JobForm(String kind, int version) {

  /** Returns the form as the stores compare it, such as {@code email.send/2}. */
  @Override
  public String toString() {
    return kind + "/" + version;
  }
}
