package dev.touchstone.examples.pluginapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

  @TempDir
  private Path folder;

  private Path jar;
  private PluginHome home;

  @BeforeEach
  void write() {
    home = PluginHome.at(folder.resolve("home"));
    jar = TestRecipes.stamp("1.0.0").writeTo(folder.resolve("stamp.jar"));
  }

  private List<String> problems() {
    try (var workbench = Workbench.open(home)) {
      return workbench.install(jar).problems().stream().map(Problems::describe).toList();
    }
  }

  @Test
  void isRefusedByDefault() {
    assertThat(problems()).isNotEmpty();
    assertThat(home.jars()).isEmpty();
  }

  @Test
  void isGivenByAHash() {
    home.trust(jar);

    assertThat(problems()).isEmpty();
    assertThat(home.jars()).hasSize(1);
  }

  @Test
  void isGivenToWhomACertificateSigned() throws Exception {
    tool(
        "keytool",
        "-genkeypair",
        "-alias",
        "me",
        "-keyalg",
        "EC",
        "-dname",
        "CN=me",
        "-validity",
        "30");
    tool(
        "keytool",
        "-exportcert",
        "-rfc",
        "-alias",
        "me",
        "-file",
        Files.createDirectories(home.certificates()).resolve("me.pem").toString());
    assertThat(problems()).isNotEmpty();

    tool("jarsigner", jar.toString(), "me");

    assertThat(problems()).isEmpty();
  }

  private void tool(String name, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", name).toString(),
        "-keystore",
        folder.resolve("keys").toString(),
        "-storepass",
        "secret-of-a-test"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("tool.log").toFile())
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(folder.resolve("tool.log")))
        .isZero();
  }
}
