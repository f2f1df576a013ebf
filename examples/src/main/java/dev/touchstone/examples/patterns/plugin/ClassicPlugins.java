package dev.touchstone.examples.patterns.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The classic form: a class loader for each jar, below the one of the application. */
final class ClassicPlugins implements Closeable {

  private final List<URLClassLoader> loaders = new ArrayList<>();
  private final List<Exporter> exporters = new ArrayList<>();

  void load(List<Path> jars) throws IOException {
    for (var jar : jars) {
      var url = new URL[] {jar.toUri().toURL()};
      var loader = new URLClassLoader(url, Exporter.class.getClassLoader());
      loaders.add(loader);
      ServiceLoader.load(Exporter.class, loader).forEach(exporters::add);
    }
  }

  List<Exporter> exporters() {
    return List.copyOf(exporters);
  }

  @Override
  public void close() throws IOException {
    exporters.clear();
    for (var loader : loaders) {
      loader.close();
    }
    loaders.clear();
  }
}
