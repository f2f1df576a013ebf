package dev.touchstone.patterns.plugin;

import java.util.Objects;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerFactory;

/** Removes what a plugin has registered with the JDK, which would keep its classes for ever. */
final class Leftovers {

  private Leftovers() {}

  static void remove(PluginClassLoader loader) throws Exception {
    if (has("java.management")) {
      removeBeans(loader);
    }
    if (has("java.sql")) {
      loader.runInside(DriverRemoval.class);
    }
  }

  private static boolean has(String module) {
    return ModuleLayer.boot().findModule(module).isPresent();
  }

  private static void removeBeans(PluginClassLoader loader) throws Exception {
    for (var server : MBeanServerFactory.findMBeanServer(null)) { // only those that are in use
      for (var name : server.queryNames(null, null)) {
        try {
          if (Objects.equals(server.getClassLoaderFor(name), loader)) {
            server.unregisterMBean(name);
          }
        } catch (InstanceNotFoundException e) {
          // removed by somebody else meanwhile
        }
      }
    }
  }
}
