package dev.touchstone.examples.scraper.fetch;

/** The body of an answer. */
final class Body {

  static final Body EMPTY = new Body(new byte[0], new byte[0], false);

  private final byte[] content;
  private final byte[] wire;
  private final boolean isCut;

  Body(byte[] content, byte[] wire, boolean isCut) {
    this.content = content;
    this.wire = wire;
    this.isCut = isCut;
  }

  /** Returns it after decompression. */
  byte[] content() {
    return content;
  }

  /** Returns it as it came; the same array if it was not compressed. */
  byte[] wire() {
    return wire;
  }

  /** Returns whether a limit cut something off its end. */
  boolean isCut() {
    return isCut;
  }
}
