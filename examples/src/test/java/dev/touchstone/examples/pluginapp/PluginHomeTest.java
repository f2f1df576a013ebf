package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHomeTest {

  @TempDir
  private Path folder;

  private PluginHome home;

  @BeforeEach
  void open() {
    home = PluginHome.at(folder.resolve("home"));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder.resolve("home/plugins"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void keepsOneJarOfAPlugin() throws IOException {
    var old = TestRecipes.stamp("1.0.0").writeTo(folder.resolve("old.jar"));
    var plugins = Files.createDirectories(folder.resolve("home/plugins"));
    Files.copy(old, plugins.resolve("put-there-by-hand.jar"));
    var jar = TestRecipes.stamp("1.1.0").writeTo(folder.resolve("new.jar"));
    var id = JarFacts.id(jar).orElseThrow();

    var kept = home.keep(id, jar);

    assertThat(kept).hasSameBinaryContentAs(jar);
    assertThat(files()).containsExactly(id + ".jar");
  }

  @Test
  void losesNothingToAJarThatCannotBeCopied() throws IOException {
    var jar = TestRecipes.stamp("1.0.0").writeTo(folder.resolve("stamp.jar"));
    var id = JarFacts.id(jar).orElseThrow();
    home.keep(id, jar);

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> home.keep(id, folder.resolve("none.jar")));

    assertThat(files()).containsExactly(id + ".jar");
  }
}
