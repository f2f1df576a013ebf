package dev.touchstone.patterns.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a jar says about itself. */
final class DescriptorReader {

  private static final int MAX_BYTES = 8 << 20; // the manifest of a signed jar lists all its files

  static final String PROPERTIES = "META-INF/touchstone/plugin.properties";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int LONGEST_PACKAGE = 200; // the pattern takes stack for each of its parts
  private static final Pattern PACKAGE = Pattern.compile(
      "[\\p{javaJavaIdentifierStart}]"
          + "[\\p{javaJavaIdentifierPart}]*(\\.[\\p{javaJavaIdentifierStart}][\\p{javaJavaIdentifierPart}]*)*");

  private final Function<String, @Nullable String> entries;

  private DescriptorReader(Function<String, @Nullable String> entries) {
    this.entries = entries;
  }

  static PluginDescriptor read(JarFile jar) throws IOException, RejectedException {
    try {
      return new DescriptorReader(entriesOf(jar)).descriptor();
    } catch (IllegalArgumentException e) { // its message says what was expected and found
      throw new RejectedException(Reason.Kind.DESCRIPTOR, String.valueOf(e.getMessage()), e);
    }
  }

  private static Function<String, @Nullable String> entriesOf(JarFile jar)
      throws IOException, RejectedException {
    var text = bytes(jar, PROPERTIES);
    if (text != null) {
      var properties = new Properties();
      properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
      return properties::getProperty;
    }
    var bytes = bytes(jar, JarFile.MANIFEST_NAME);
    var manifest = bytes == null ? null : new Manifest(new ByteArrayInputStream(bytes));
    if (manifest == null || manifest.getMainAttributes().getValue("Plugin-Id") == null) {
      throw new RejectedException(
          Reason.Kind.DESCRIPTOR,
          "the jar has no descriptor; add " + PROPERTIES + " with id and version, or Plugin-Id and"
              + " Plugin-Version to the manifest");
    }
    var attributes = manifest.getMainAttributes();
    return name -> attributes.getValue("Plugin-" + name); // names are not case sensitive
  }

  private static byte @Nullable [] bytes(JarFile jar, String name)
      throws IOException, RejectedException {
    var entry = jar.getJarEntry(name);
    if (entry == null) {
      return null;
    }
    try (var in = jar.getInputStream(entry)) {
      var bytes = in.readNBytes(MAX_BYTES + 1); // the size that the archive declares may be a lie
      checkSize(name, bytes.length);
      return bytes;
    }
  }

  /** Keeps a small archive from filling the memory with what it expands to. */
  static void checkSize(String name, long bytes) throws RejectedException {
    if (bytes > MAX_BYTES) {
      throw new RejectedException(
          Reason.Kind.DESCRIPTOR, name + " must not be larger than " + MAX_BYTES + " bytes");
    }
  }

  private PluginDescriptor descriptor() {
    var id = required("id");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id must be up to 100 letters, digits and . _ -, was \"" + id + "\"");
    }
    return new PluginDescriptor(
        id,
        Version.parse(required("version")),
        optional("class"),
        requires(id),
        exports(),
        optional("host").map(VersionRange::parse).orElseGet(VersionRange::any));
  }

  private List<Dependency> requires(String id) {
    var dependencies = new ArrayList<Dependency>();
    var seen = new HashSet<String>();
    for (var item : list("requires").toList()) {
      var dependency = dependency(item);
      if (dependency.id().equals(id) || !seen.add(dependency.id())) {
        throw new IllegalArgumentException("requires must name other plugins, each once; \"" + item
            + "\" is the plugin itself or was named before");
      }
      dependencies.add(dependency);
    }
    return dependencies;
  }

  private static Dependency dependency(String item) {
    var need = item.startsWith("?") ? Dependency.Need.OPTIONAL : Dependency.Need.REQUIRED;
    var parts = item.substring(need == Dependency.Need.OPTIONAL ? 1 : 0).split("@", 2);
    if (!ID.matcher(parts[0]).matches()) {
      throw new IllegalArgumentException(
          "requires must list plugins like core@^1.2, was \"" + item + "\"");
    }
    var range = parts.length == 1 ? VersionRange.any() : VersionRange.parse(parts[1]);
    return new Dependency(parts[0], range, need);
  }

  private List<String> exports() {
    var packages = list("exports").toList();
    packages.forEach(DescriptorReader::checkPackage);
    return packages;
  }

  private static void checkPackage(String name) {
    if (name.length() > LONGEST_PACKAGE) {
      throw new IllegalArgumentException("exports must list packages of at most " + LONGEST_PACKAGE
          + " characters, one had " + name.length());
    }
    if (!PACKAGE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "exports must list packages like com.acme.charts, was \"" + name + "\"");
    }
  }

  private String required(String name) {
    return optional(name)
        .orElseThrow(() ->
            new IllegalArgumentException("the descriptor must have an entry \"" + name + "\""));
  }

  private Optional<String> optional(String name) {
    return Optional.ofNullable(entries.apply(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private Stream<String> list(String name) {
    return optional(name).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty());
  }
}
