package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

/**
 * What one plugin needs of another.
 *
 * @param id the other plugin
 * @param range the versions of it that will do
 * @param need whether the plugin can do without
 */
public record Dependency(String id, VersionRange range, Need need) {

  /** Whether a plugin can do without another. */
  public enum Need {
    /** It cannot start without the other. */
    REQUIRED,

    /** It starts after the other and sees its exports if there is one with a fitting version. */
    OPTIONAL
  }

  /** Creates a dependency. */
  public Dependency {
    requireNonNull(id, "id");
    requireNonNull(range, "range");
    requireNonNull(need, "need");
  }

  boolean isRequired() {
    return need == Need.REQUIRED;
  }

  boolean accepts(PluginDescriptor other) {
    return other.id().equals(id) && range.contains(other.version());
  }

  /** Returns the dependency as it is written in a descriptor, as {@code core@^1.2}. */
  @Override
  public String toString() {
    return (isRequired() ? "" : "?") + id + "@" + range;
  }
}
