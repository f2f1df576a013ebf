package dev.touchstone.patterns.plugin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.security.cert.Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/*
 * Who is asked depends on the package alone: the JDK, the host for its API, the own jar, then the
 * plugin that exports the package. There is no fallback to the application: it would hand a plugin
 * whatever version of a library happens to lie there. And there is no asking one after the other, so
 * that a miss costs no walk over all dependencies.
 *
 * The jar is read through one JarFile of our own. The JDK's jar URLs cache open files by URL, for ever
 * and across loaders; so the URLs given out here open the jar without the cache.
 */
/** Defines the classes of one plugin. */
final class PluginClassLoader extends SecureClassLoader implements AutoCloseable {

  static {
    registerAsParallelCapable();
  }

  private final PluginDescriptor plugin;
  private final HostApi api;
  private final Map<String, PluginClassLoader> imports; // by package
  private final Supplier<? extends Collection<PluginClassLoader>> others;
  private final JarFile jar;
  private final String root; // of its URLs
  private final CodeSource source;

  /**
   * @param name unique in the process, by which stack traces tell whose a frame is
   * @param others those that may have a class that is not found here, for the message
   */
  PluginClassLoader(
      String name,
      CachedJar jar,
      HostApi api,
      Map<String, PluginClassLoader> imports,
      Supplier<? extends Collection<PluginClassLoader>> others)
      throws IOException {
    super(name, ClassLoader.getPlatformClassLoader());
    this.plugin = jar.descriptor();
    this.api = api;
    this.imports = Map.copyOf(imports);
    this.others = others;
    this.jar = JarCache.open(jar.copy());
    this.root = "jar:" + jar.copy().toUri() + "!/";
    this.source = new CodeSource(urlOf(jar.copy()), (Certificate[]) null);
  }

  private static URL urlOf(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }

  PluginDescriptor plugin() {
    return plugin;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    var known = findLoadedClass(name); // defined here, or linked by a class that was
    if (known != null) {
      return known;
    }
    var packageName = packageOf(name, '.');
    var shared = api.loaderOf(packageName);
    if (shared != null) {
      return shared.loadClass(name);
    }
    var own = findOrDefine(name);
    if (own != null) {
      return own;
    }
    var exporter = imports.get(packageName);
    var imported = exporter == null ? null : exporter.findOrDefine(name);
    if (imported == null) {
      throw new InvisibleClassException(name, this);
    }
    return imported;
  }

  private @Nullable Class<?> findOrDefine(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) { // as the JVM's contract for class loaders demands
      var loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private @Nullable Class<?> define(String name) throws ClassNotFoundException {
    try {
      var bytes = read(fileOf(name));
      return bytes == null ? null : defineClass(name, bytes, 0, bytes.length, source);
    } catch (IOException | IllegalStateException e) { // the latter if the jar is closed
      throw new ClassNotFoundException(name + " cannot be read from the plugin " + plugin, e);
    }
  }

  private byte @Nullable [] read(String file) throws IOException {
    var entry = jar.getJarEntry(file);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    var packageName = packageOf(name, '/').replace('/', '.');
    var shared = api.loaderOf(packageName);
    if (shared != null) {
      return shared.getResource(name);
    }
    var own = findResource(name);
    var exporter = own == null ? imports.get(packageName) : null;
    return exporter == null ? own : exporter.findResource(name);
  }

  /** Returns what {@link #getResource} finds: the services of others are not this plugin's. */
  @Override
  public Enumeration<URL> getResources(String name) {
    var resource = getResource(name);
    return Collections.enumeration(resource == null ? List.of() : List.of(resource));
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      return jar.getJarEntry(name) == null
          ? null
          : URL.of(URI.create(root + uriPath(name)), new Uncached());
    } catch (IllegalStateException closed) {
      return null;
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String uriPath(String name) {
    try {
      return new URI(null, null, "/" + name, null).getRawPath().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** Returns the names of the classes that the jar lists for each service, in the order of the files. */
  Map<String, List<String>> services() throws IOException {
    var services = new TreeMap<String, List<String>>();
    var prefix = "META-INF/services/";
    for (var entry : Collections.list(jar.entries())) {
      var service =
          entry.getName().startsWith(prefix) ? entry.getName().substring(prefix.length()) : "";
      if (!service.isEmpty() && !service.contains("/")) {
        try (var in = jar.getInputStream(entry)) {
          services.put(service, providers(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
      }
    }
    return services;
  }

  private static List<String> providers(String text) {
    return text.lines()
        .map(line -> line.split("#", 2)[0].strip())
        .filter(line -> !line.isEmpty())
        .distinct()
        .toList();
  }

  private boolean has(String file) {
    try {
      return jar.getJarEntry(file) != null;
    } catch (IllegalStateException closed) {
      return false;
    }
  }

  /** Says where a class is that this plugin cannot see. */
  String whereabouts(String name) {
    var file = fileOf(name);
    var packageName = packageOf(name, '.');
    for (var other : others.get()) {
      if (other != this && other.has(file)) {
        return other.plugin.exports().contains(packageName)
            ? "the plugin " + other.plugin + " exports it; require that plugin"
            : "the plugin " + other.plugin + " has it, but does not export " + packageName;
      }
    }
    return api.applicationHas(file)
        ? "the application has it; expose " + packageName
            + " to plugins, or put it into the plugin's jar"
        : "neither the application nor an active plugin has it";
  }

  private static String packageOf(String name, char separator) {
    int end = name.lastIndexOf(separator);
    return end < 0 ? "" : name.substring(0, end);
  }

  private static String fileOf(String className) {
    return className.replace('.', '/') + ".class";
  }

  /** Defines a class of this package once more as one of the plugin's, and runs it. */
  void runInside(Class<? extends Runnable> type) throws IOException, ReflectiveOperationException {
    try (var in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      var bytes = requireNonNull(in, "class file").readAllBytes();
      var constructor =
          defineClass(type.getName(), bytes, 0, bytes.length).getDeclaredConstructor();
      constructor.setAccessible(true);
      ((Runnable) constructor.newInstance()).run();
    }
  }

  /** Closes the jar; classes that are loaded stay usable, others cannot be loaded any more. */
  @Override
  public void close() throws IOException {
    jar.close();
  }

  @Override
  public String toString() {
    return "loader of the plugin " + plugin;
  }

  /** Opens jar URLs without the JDK's cache of open jars. */
  private static final class Uncached extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      var connection = URI.create(url.toExternalForm()).toURL().openConnection();
      connection.setUseCaches(false);
      return connection;
    }
  }
}
