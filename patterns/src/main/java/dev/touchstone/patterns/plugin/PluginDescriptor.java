package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a plugin says about itself, in {@code META-INF/touchstone/plugin.properties} or in the main
 * attributes of its manifest.
 *
 * <table>
 *   <caption>Entries</caption>
 *   <tr><th>property</th><th>manifest</th><th>meaning</th></tr>
 *   <tr><td>{@code id}</td><td>{@code Plugin-Id}</td><td>letters, digits, {@code . _ -}</td></tr>
 *   <tr><td>{@code version}</td><td>{@code Plugin-Version}</td><td>a {@link Version}</td></tr>
 *   <tr><td>{@code class}</td><td>{@code Plugin-Class}</td><td>the {@link Plugin}; none by default: the
 *       plugin consists of its extensions</td></tr>
 *   <tr><td>{@code requires}</td><td>{@code Plugin-Requires}</td><td>other plugins, as {@code core@^1.2,
 *       ?spell@*}; the question mark makes one optional; none by default</td></tr>
 *   <tr><td>{@code exports}</td><td>{@code Plugin-Exports}</td><td>packages that plugins which require
 *       this one may see, separated by commas; none by default</td></tr>
 *   <tr><td>{@code host}</td><td>{@code Plugin-Host}</td><td>the {@link VersionRange} of applications
 *       that it runs in; any by default</td></tr>
 * </table>
 *
 * @param id the name of the plugin, which no two active plugins share
 * @param version its version
 * @param mainClass the class that implements {@link Plugin}, if there is one
 * @param requires the plugins it needs, in the order in which they are asked for classes
 * @param exports the packages it lets others see
 * @param host the applications it runs in
 */
public record PluginDescriptor(
    String id,
    Version version,
    Optional<String> mainClass,
    List<Dependency> requires,
    List<String> exports,
    VersionRange host) {

  /** Creates a descriptor. */
  public PluginDescriptor {
    requireNonNull(id, "id");
    requireNonNull(version, "version");
    requireNonNull(mainClass, "mainClass");
    requireNonNull(host, "host");
    requires = List.copyOf(requires);
    exports = List.copyOf(exports);
  }

  /** Returns id and version, as {@code pdf 1.4.2}. */
  @Override
  public String toString() {
    return id + " " + version;
  }
}
