package dev.touchstone.examples.pluginapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Writes a Maven project for a plugin: one transform, and a test that loads the jar. */
public final class PluginProject {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final String TRANSFORM = "dev.touchstone.examples.pluginapp.api.Transform";

  private final String id;
  private final Map<String, String> values;

  private PluginProject(String id, String touchstone) {
    this.id = id;
    values = Map.of(
        "{id}",
        id,
        "{package}",
        id.replace("-", ""),
        "{class}",
        className(),
        "{touchstone}",
        touchstone);
  }

  /**
   * Returns the project of a plugin.
   *
   * @param name of the plugin, its transform and its jar
   * @param touchstone the version of Touchstone that it is compiled against
   * @throws WorkbenchException if the name is not of small letters, digits and single hyphens, or is
   *     a word of the Java language
   */
  public static PluginProject of(String name, String touchstone) {
    if (!NAME.matcher(name).matches() || SourceVersion.isKeyword(name)) {
      throw new WorkbenchException(
          "a name must be of small letters and digits, with hyphens between, and no word of Java,"
              + " as my-plugin; was '"
              + name + "'");
    }
    return new PluginProject(name, touchstone);
  }

  private String className() {
    var name = new StringBuilder();
    for (var word : id.split("-", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name + "Transform";
  }

  /**
   * Writes the project into a folder that is not there yet.
   *
   * @throws WorkbenchException if it is there, or cannot be written
   */
  public void writeTo(Path folder) {
    if (Files.exists(folder)) {
      throw new WorkbenchException(folder + " exists already; name another folder, or remove it");
    }
    var java = "java/plugins/" + id.replace("-", "") + "/" + className();
    try {
      write(folder.resolve("pom.xml"), template("pom.xml"));
      write(folder.resolve("src/main/" + java + ".java"), template("Transform.java"));
      write(folder.resolve("src/test/" + java + "Test.java"), template("Test.java"));
      var resources = folder.resolve("src/main/resources/META-INF");
      write(resources.resolve("touchstone/plugin.properties"), template("plugin.properties"));
      write(
          resources.resolve("services/" + TRANSFORM),
          "plugins." + id.replace("-", "") + "." + className() + "\n");
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + folder + ": " + e.getMessage(), e);
    }
  }

  private String template(String name) {
    try (var in = PluginProject.class.getResourceAsStream("template/" + name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("the template " + name + " is missing");
      }
      var text = new String(in.readAllBytes(), UTF_8);
      for (var value : values.entrySet()) {
        text = text.replace(value.getKey(), value.getValue());
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
