package dev.touchstone.examples.gateway.route;

import java.util.Map;

/** Who sends a request. Immutable. */
public sealed interface Caller {

  /** The caller of whom nothing is known. */
  Caller ANONYMOUS = new Anonymous();

  /** Returns the name by which the access log and backends know the caller; never a secret. */
  String name();

  /** Nothing is known. */
  record Anonymous() implements Caller {

    @Override
    public String name() {
      return "anonymous";
    }
  }

  /**
   * A token with a valid signature says who it is.
   *
   * @param subject the claim {@code sub}
   * @param claims all claims, as JSON maps to Java
   */
  record Subject(String subject, Map<String, Object> claims) implements Caller {

    @Override
    public String name() {
      return subject;
    }

    /** Returns the subject alone: the claims may be private. */
    @Override
    public String toString() {
      return "Subject[" + subject + "]";
    }
  }

  /**
   * An API key was sent that is known.
   *
   * @param name what the key is called in the configuration
   * @param tier what the key may, such as {@code gold}
   */
  record KeyHolder(String name, String tier) implements Caller {}
}
