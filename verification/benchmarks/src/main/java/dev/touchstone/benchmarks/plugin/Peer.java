package dev.touchstone.benchmarks.plugin;

import dev.touchstone.patterns.plugin.PluginHost;
import dev.touchstone.patterns.plugin.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pf4j.JarPluginManager;
import org.pf4j.PluginWrapper;

/** Who loads plugins. Both are given jars that differ in their descriptors only. */
public enum Peer {
  TOUCHSTONE {
    @Override
    Jar jar(String id, List<String> requires) throws IOException {
      return new Jar()
          .text("META-INF/touchstone/plugin.properties", """
              id=%s
              version=1.0.0
              class=%s
              exports=%s
              requires=%s
              """.formatted(
                  id, OwnPlugin.class.getName(), id, String.join(",", requires)))
          .text("META-INF/services/" + Supplier.class.getName(), OwnPlugin.class.getName())
          .own(OwnPlugin.class);
    }

    @Override
    Running start(Path folder) {
      var host = PluginHost.builder()
          .directory(folder)
          .trust(Trust.everything())
          .reclaimTimeout(Duration.ZERO)
          .build();
      host.load();
      return new Running() {
        @Override
        public int size() {
          return host.plugins().size();
        }

        @Override
        public ClassLoader loaderOf(String id) {
          return (ClassLoader) host.extensions(Supplier.class).list().stream()
              .filter(extension -> extension.plugin().id().equals(id))
              .findFirst()
              .orElseThrow()
              .use(Supplier::get);
        }

        @Override
        public void close() {
          host.close();
        }
      };
    }
  },

  PF4J {
    @Override
    Jar jar(String id, List<String> requires) throws IOException {
      return new Jar()
          .text(
              "META-INF/MANIFEST.MF",
              """
              Manifest-Version: 1.0
              Plugin-Id: %s
              Plugin-Version: 1.0.0
              Plugin-Class: %s
              """.formatted(id, Pf4jPlugin.class.getName()) + dependencies(requires))
          .own(Pf4jPlugin.class);
    }

    private static String dependencies(List<String> ids) {
      return ids.isEmpty() ? "" : "Plugin-Dependencies: " + String.join(",\n ", ids) + "\n";
    }

    @Override
    Running start(Path folder) {
      var manager = new JarPluginManager(folder);
      manager.loadPlugins();
      manager.startPlugins();
      return new Running() {
        @Override
        public int size() {
          return manager.getStartedPlugins().size();
        }

        @Override
        public ClassLoader loaderOf(String id) {
          return manager.getPluginClassLoader(id);
        }

        @Override
        public void close() {
          var started = new ArrayList<>(manager.getStartedPlugins()).reversed();
          started.stream().map(PluginWrapper::getPluginId).forEach(manager::unloadPlugin);
        }
      };
    }
  };

  /** Plugins that were started. */
  interface Running extends AutoCloseable {

    int size();

    ClassLoader loaderOf(String id);

    @Override
    void close();
  }

  /** Returns the jar of a plugin, which exports the package that has its id as name. */
  abstract Jar jar(String id, List<String> requires) throws IOException;

  abstract Running start(Path folder);
}
