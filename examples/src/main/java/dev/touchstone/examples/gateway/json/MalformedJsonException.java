package dev.touchstone.examples.gateway.json;

/** Thrown when bytes are not one value in JSON. The message holds none of them, which may be secret. */
public final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedJsonException(int line, int column) {
    super("this is not one value in JSON, or repeats a name, at line %d, column %d"
        .formatted(line, column));
  }
}
