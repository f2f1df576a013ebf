package dev.touchstone.patterns.testing;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Makes the jar of a plugin from source text.
 *
 * {@snippet class="dev.touchstone.patterns.plugin.SnippetsTest" region="kit"}
 *
 * <p>Sources are compiled against the class path and the module path of the running JVM, and against
 * what {@link #compileAgainst} adds. Not safe for use by several threads.
 */
public final class PluginJar {

  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> resources = new LinkedHashMap<>();
  private final Map<String, List<String>> services = new LinkedHashMap<>();
  private final List<Path> classPath = new ArrayList<>();

  private PluginJar() {}

  /** Returns a jar with a descriptor of this id and version. Neither is checked: the host does that. */
  public static PluginJar of(String id, String version) {
    return new PluginJar().property("id", id).property("version", version);
  }

  /** Returns a jar without a descriptor, as one of another plugin system. */
  public static PluginJar withoutDescriptor() {
    return new PluginJar();
  }

  /** Sets the class that implements the plugin; the property {@code class}. */
  public PluginJar mainClass(String name) {
    return property("class", name);
  }

  /** Sets what it requires, as {@code core@^1.2, ?spell@*}. */
  public PluginJar requires(String plugins) {
    return property("requires", plugins);
  }

  /** Sets the packages that it exports, separated by commas. */
  public PluginJar exports(String packages) {
    return property("exports", packages);
  }

  /** Sets any property of the descriptor. */
  public PluginJar property(String name, String value) {
    properties.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
    return this;
  }

  /**
   * Adds a class.
   *
   * @param className its full name
   * @param source the text of its file, with the package
   */
  public PluginJar source(String className, String source) {
    sources.put(requireNonNull(className, "className"), requireNonNull(source, "source"));
    return this;
  }

  /** Lists a class in {@code META-INF/services}. */
  public PluginJar extension(String type, String className) {
    services.computeIfAbsent(type, name -> new ArrayList<>()).add(className);
    return this;
  }

  /** Adds a file as it is, under a path that is not checked. */
  public PluginJar resource(String path, String content) {
    resources.put(requireNonNull(path, "path"), content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds jars or folders of classes that the sources refer to and the jar shall not contain. */
  public PluginJar compileAgainst(Path... classes) {
    classPath.addAll(Arrays.asList(classes));
    return this;
  }

  /**
   * Compiles the sources and writes the jar, over one that is there.
   *
   * @return the file
   * @throws IllegalArgumentException if a source does not compile; the message has the errors
   * @throws IllegalStateException if the running Java has no compiler
   * @throws UncheckedIOException if a file cannot be written
   */
  public Path writeTo(Path file) {
    try {
      var folder = Files.createTempDirectory("plugin-classes");
      try {
        compile(folder);
        write(file, folder);
      } finally {
        delete(folder);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the plugin " + file, e);
    }
  }

  private void compile(Path folder) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("there is no compiler in this Java; run the test with a JDK");
    }
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var output = new StringWriter();
    try (var manager = compiler.getStandardFileManager(diagnostics, null, null)) {
      var options = List.of(
          "-d", folder.toString(), "-classpath", classPath(), "-proc:none", "-implicit:none");
      var units = sources.entrySet().stream()
          .map(source -> new SourceText(source.getKey(), source.getValue()));
      if (!compiler
          .getTask(output, manager, diagnostics, options, null, units.toList())
          .call()) {
        throw new IllegalArgumentException("the sources of the plugin must compile, but: "
            + diagnostics.getDiagnostics() + output);
      }
    }
  }

  private String classPath() {
    var running = Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .filter(Objects::nonNull);
    return Stream.concat(classPath.stream().map(Path::toString), running)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void write(Path file, Path classes) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(file));
        var compiled = Files.walk(classes)) {
      var manifest = resources.get("META-INF/MANIFEST.MF");
      if (manifest != null) { // readers of streams expect it first
        put(out, "META-INF/MANIFEST.MF", manifest);
      }
      if (!properties.isEmpty()) {
        put(out, "META-INF/touchstone/plugin.properties", lines(properties));
      }
      for (var service : services.entrySet()) {
        put(
            out,
            "META-INF/services/" + service.getKey(),
            String.join("\n", service.getValue()).getBytes(StandardCharsets.UTF_8));
      }
      for (var path : compiled.filter(Files::isRegularFile).sorted().toList()) {
        var name = classes.relativize(path).toString().replace(File.separatorChar, '/');
        put(out, name, Files.readAllBytes(path));
      }
      for (var resource : resources.entrySet()) {
        if (!resource.getKey().equals("META-INF/MANIFEST.MF")) {
          put(out, resource.getKey(), resource.getValue());
        }
      }
    }
  }

  private static byte[] lines(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(property -> property.getKey() + "=" + property.getValue() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTime(0); // the same sources make the same jar
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
