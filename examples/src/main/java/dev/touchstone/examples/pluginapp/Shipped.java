package dev.touchstone.examples.pluginapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plugins that come with the workbench: jars inside of our jar, and a list of their hashes. */
final class Shipped {

  private static final String FOLDER = "shipped/";
  private static final String LIST = "shipped.sha256";

  private final Map<String, String> hashes; // by the name of the file, as the build wrote them

  private Shipped(Map<String, String> hashes) {
    this.hashes = hashes;
  }

  static Shipped load() {
    var hashes = new LinkedHashMap<String, String>();
    try (var in = open(LIST)) {
      for (var line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        var parts = line.split("  ", 2);
        hashes.put(parts[1], parts[0]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Shipped(hashes);
  }

  private static InputStream open(String name) {
    var in = Shipped.class.getResourceAsStream(FOLDER + name);
    if (in == null) {
      throw new IllegalStateException(name + " is missing beside " + Shipped.class
          + "; the phase compile of the build makes it");
    }
    return in;
  }

  Set<String> hashes() {
    return Set.copyOf(hashes.values());
  }

  /** Returns the ids of the plugins, which are the names of their files. */
  List<String> ids() {
    return hashes.keySet().stream().map(PluginHome::stem).toList();
  }

  /** Copies the jar of a plugin into a folder, and returns it. */
  Path copy(String id, Path folder) {
    var name = id + ".jar";
    try (var in = open(name)) {
      var file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack the plugin " + id, e);
    }
  }
}
