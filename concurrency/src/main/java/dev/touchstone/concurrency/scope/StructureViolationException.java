package dev.touchstone.concurrency.scope;

/**
 * Thrown when scopes of a thread are not closed in the reverse order of their opening, or not before
 * the subtask ends that opened them. The scopes have been closed nevertheless.
 */
public final class StructureViolationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StructureViolationException(String inner, String outer) {
    super("scope '%s' was still open when '%s' ended, and has been closed: close each scope in the"
            .formatted(inner, outer)
        + " block that opened it, with try-with-resources");
  }
}
