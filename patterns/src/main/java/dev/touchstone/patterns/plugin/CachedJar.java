package dev.touchstone.patterns.plugin;

import java.nio.file.Path;

/**
 * A jar that was checked and is the host's own.
 *
 * @param original where it came from
 * @param copy the host's copy
 * @param descriptor what it says about itself
 */
record CachedJar(Path original, Path copy, PluginDescriptor descriptor) {

  CachedJar withCopy(Path other) {
    return new CachedJar(original, other, descriptor);
  }

  void delete() {
    JarCache.delete(copy);
  }
}
