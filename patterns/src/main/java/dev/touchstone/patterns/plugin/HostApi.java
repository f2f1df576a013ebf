package dev.touchstone.patterns.plugin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which packages plugins share with each other and with the application, and who defines them. */
final class HostApi {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
  private static final Set<String> OWN =
      Set.of("dev.touchstone.patterns.plugin", "dev.touchstone.patterns.observe");
  private static final Pattern FORM = Pattern.compile("[\\w$]+(\\.[\\w$]+)*(\\.\\.)?");

  /** Packages belong to one module, so a set of names answers without a search that fails. */
  private static final Set<String> JDK = ModuleLayer.boot().modules().stream()
      .filter(module -> {
        var loader = module.getClassLoader();
        return loader == null || loader.equals(PLATFORM);
      })
      .flatMap(module -> module.getPackages().stream())
      .collect(Collectors.toUnmodifiableSet());

  private final ClassLoader application;
  private final Set<String> exact = new HashSet<>();
  private final List<String> trees = new ArrayList<>();

  HostApi(ClassLoader application, List<String> packages) {
    this.application = application;
    for (var name : packages) {
      if (name.endsWith("..")) {
        var root = name.substring(0, name.length() - 2);
        exact.add(root);
        trees.add(root + ".");
      } else {
        exact.add(name);
      }
    }
  }

  /**
   * Returns the text if it names packages.
   *
   * @throws IllegalArgumentException if it does not
   */
  static String checked(String packages) {
    if (!FORM.matcher(packages).matches()) {
      throw new IllegalArgumentException(
          "a package must look like com.acme.api, or com.acme.api.. to"
              + " include those below it, was \"" + packages + "\"");
    }
    return packages;
  }

  /** Returns the one who defines a shared package, or null if it is not shared. */
  @Nullable
  ClassLoader loaderOf(String packageName) {
    if (JDK.contains(packageName)) {
      return PLATFORM;
    }
    if (OWN.contains(packageName)) {
      return PluginHost.class.getClassLoader();
    }
    return isExposed(packageName) ? application : null;
  }

  private boolean isExposed(String packageName) {
    if (exact.contains(packageName)) {
      return true;
    }
    for (var tree : trees) { // a stream would be made for each class that is looked up
      if (packageName.startsWith(tree)) {
        return true;
      }
    }
    return false;
  }

  boolean applicationHas(String file) {
    return application.getResource(file) != null;
  }
}
