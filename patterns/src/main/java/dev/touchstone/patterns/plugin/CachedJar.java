package dev.touchstone.patterns.plugin;

import java.nio.file.Path;

/**
 * A jar that was checked and is the host's own.
 *
 * @param original where it came from
 * @param copy the host's copy
 * @param descriptor what it says about itself
 * @param hash the SHA-256 of the copy
 */
record CachedJar(Path original, Path copy, PluginDescriptor descriptor, String hash) {

  CachedJar withCopy(Path other) {
    return new CachedJar(original, other, descriptor, hash);
  }

  void delete() {
    JarCache.delete(copy);
  }
}
