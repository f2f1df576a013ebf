package dev.touchstone.examples.pluginapp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The folder that a user keeps plugins in:
 *
 * <ul>
 *   <li>{@code plugins/}: their jars, put there by {@code install} or by hand,
 *   <li>{@code trusted.sha256}: the hashes of the jars that may be loaded, as {@code sha256sum} writes,
 *   <li>{@code certificates/}: certificates in PEM; what their holders signed may be loaded, too,
 *   <li>{@code stopped}: the ids of plugins that are not to be started, one in a line.
 * </ul>
 *
 * <p>What is missing is made when it is needed. Not locked: two programs that change it at the same time
 * may undo each other's changes, but never leave half a file.
 */
public final class PluginHome {

  private final Path folder;

  private PluginHome(Path folder) {
    this.folder = folder;
  }

  /** Returns the home in a folder, which need not be there. */
  public static PluginHome at(Path folder) {
    return new PluginHome(requireNonNull(folder, "folder").toAbsolutePath());
  }

  /** Returns the home of this user: {@code TOUCHSTONE_HOME}, or {@code .touchstone} in their folder. */
  public static PluginHome ofUser() {
    var named = System.getenv("TOUCHSTONE_HOME");
    return at(
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".touchstone")
            : Path.of(named));
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns the list of hashes, which need not be there. */
  public Path trusted() {
    return folder.resolve("trusted.sha256");
  }

  /** Returns the folder of certificates, which need not be there. */
  public Path certificates() {
    return folder.resolve("certificates");
  }

  /** Returns the jars of the user, by name. */
  public List<Path> jars() {
    var plugins = folder.resolve("plugins");
    if (!Files.isDirectory(plugins)) {
      return List.of();
    }
    try (var files = Files.list(plugins)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + plugins, e);
    }
  }

  /**
   * Copies a jar into the folder, in the place of the jars that have the same plugin.
   *
   * @return the copy
   */
  public Path keep(String id, Path jar) {
    var plugins = folder.resolve("plugins");
    var kept = plugins.resolve(id + ".jar");
    try {
      Files.createDirectories(plugins);
      var half = Files.createTempFile(plugins, id, ".half");
      try {
        Files.copy(jar, half, StandardCopyOption.REPLACE_EXISTING);
        Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + jar + " in " + plugins, e);
    }
    remove(id, jars().stream().filter(other -> !other.equals(kept)).toList());
    return kept;
  }

  /** Deletes the jars that have a plugin, and returns whether there were any. */
  public boolean remove(String id) {
    return remove(id, jars());
  }

  private static boolean remove(String id, List<Path> jars) {
    var removed = false;
    for (var jar : jars) {
      if (JarFacts.id(jar).filter(id::equals).isPresent()) {
        try {
          Files.delete(jar);
          removed = true;
        } catch (IOException e) {
          throw new UncheckedIOException("cannot delete " + jar, e);
        }
      }
    }
    return removed;
  }

  /** Lets a jar be loaded from now on. */
  public void trust(Path jar) {
    var line = JarFacts.sha256(jar) + "  " + jar.getFileName();
    var lines = new LinkedHashSet<>(lines(trusted()));
    lines.add(line);
    write(trusted(), lines);
  }

  /** Returns the ids of the plugins that are not to be started. */
  public Set<String> stopped() {
    return new LinkedHashSet<>(lines(folder.resolve("stopped")));
  }

  /** Keeps a plugin from being started, also by other programs. */
  public void stop(String id) {
    var ids = stopped();
    ids.add(id);
    write(folder.resolve("stopped"), ids);
  }

  /** Lets a plugin be started again, and returns whether it was kept from that. */
  public boolean unstop(String id) {
    var ids = stopped();
    var was = ids.remove(id);
    if (was) {
      write(folder.resolve("stopped"), ids);
    }
    return was;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void write(Path file, Iterable<String> lines) {
    try {
      Files.createDirectories(folder);
      var half = Files.createTempFile(folder, "new", ".half");
      Files.write(half, lines);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static String stem(String file) {
    return file.endsWith(".jar") ? file.substring(0, file.length() - ".jar".length()) : file;
  }
}
