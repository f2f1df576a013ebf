package dev.touchstone.examples.pluginapp.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.patterns.command.Codec;

/** Keeps lines as they are. */
enum LineCodec implements Codec<String> {
  INSTANCE;

  @Override
  public byte[] encode(String line) {
    return line.getBytes(UTF_8);
  }

  @Override
  public String decode(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
