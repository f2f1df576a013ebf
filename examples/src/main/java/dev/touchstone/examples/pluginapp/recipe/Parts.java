package dev.touchstone.examples.pluginapp.recipe;

import dev.touchstone.examples.pluginapp.api.Part;
import dev.touchstone.examples.yaml.YamlNode;
import dev.touchstone.patterns.factory.Catalog;
import dev.touchstone.patterns.plugin.Extension;
import dev.touchstone.patterns.plugin.Extensions;
import dev.touchstone.patterns.plugin.PluginUnloadedException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a kind that plugins offer at the time of each call. Safe for use by several threads.
 *
 * @param <T> the kind
 */
public final class Parts<T extends Part> {

  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final Extensions<T> extensions;

  /** Creates the view of what plugins offer. */
  public Parts(Extensions<T> extensions) {
    this.extensions = extensions;
  }

  /**
   * Returns a catalog of the present parts by name; of several with one name, the one whose plugin was
   * started first.
   */
  public Catalog<String, YamlNode, Extension<T>> catalog() {
    var byName = new LinkedHashMap<String, Extension<T>>();
    for (var extension : extensions.list()) {
      name(extension).ifPresent(name -> byName.putIfAbsent(name, extension));
    }
    var catalog = Catalog.<String, YamlNode, Extension<T>>builder();
    byName.forEach((name, extension) -> catalog.add(name, asked -> extension));
    return catalog.build();
  }

  /** Returns the name of a part; empty if its plugin has gone since it was listed, or fails to tell. */
  static Optional<String> name(Extension<? extends Part> extension) {
    try {
      return Optional.of(extension.use(Part::name));
    } catch (PluginUnloadedException e) {
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) { // the others are none the worse for it
      log.warn("{} has a part that fails to tell its name", extension.plugin(), e);
      return Optional.empty();
    }
  }

  /**
   * Returns a part.
   *
   * @param asked where its name stands
   * @throws dev.touchstone.examples.yaml.YamlException if there is none of that name; the message has
   *     the nearest
   */
  public Extension<T> require(String name, YamlNode asked) {
    var catalog = catalog();
    return catalog
        .find(name)
        .map(maker -> maker.apply(asked))
        .orElseThrow(() -> asked.unknown(name, catalog.keys()));
  }

  /** Returns the names of the present parts. */
  public Set<String> names() {
    return catalog().keys();
  }

  /** Returns the present parts. */
  public Extensions<T> extensions() {
    return extensions;
  }

  /**
   * Returns whether a part, which the caller holds a lease of, is still offered: false as soon as its
   * plugin has been replaced, or is to be stopped.
   */
  @SuppressWarnings("ReferenceEquality") // another version may well be equal
  boolean isCurrent(T part) {
    return extensions.first(present -> present == part).isPresent();
  }
}
