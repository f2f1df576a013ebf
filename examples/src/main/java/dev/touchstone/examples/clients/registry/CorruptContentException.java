package dev.touchstone.examples.clients.registry;

/** What came is not what was asked for: its digest is another. Nothing of it was kept. */
public final class CorruptContentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CorruptContentException(Digest expected, Digest actual) {
    super("the content must have the digest " + expected + ", has " + actual
        + "; fetch it again, and distrust the registry if that does not help");
  }
}
