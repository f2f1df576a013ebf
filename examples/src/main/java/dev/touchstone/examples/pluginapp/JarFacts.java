package dev.touchstone.examples.pluginapp;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;

/** What can be known of a jar without running any of it. */
final class JarFacts {

  private static final String PROPERTIES = "META-INF/touchstone/plugin.properties";

  private JarFacts() {}

  /** Returns the id of the plugin that a jar says it is; empty if it says none or is no jar. */
  static Optional<String> id(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      var entry = file.getEntry(PROPERTIES);
      if (entry == null) {
        var manifest = file.getManifest();
        return manifest == null
            ? Optional.empty()
            : Optional.ofNullable(manifest.getMainAttributes().getValue("Plugin-Id"));
      }
      var properties = new Properties();
      try (var in = new InputStreamReader(file.getInputStream(entry), StandardCharsets.UTF_8)) {
        properties.load(in);
      }
      return Optional.ofNullable(properties.getProperty("id"));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // what is wrong is said by the host, which looks at it closer
    }
  }

  /** Returns the SHA-256 of a file in hexadecimal digits. */
  static String sha256(Path file) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
