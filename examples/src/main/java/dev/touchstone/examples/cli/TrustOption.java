package dev.touchstone.examples.cli;

import dev.touchstone.examples.pluginapp.PluginHome;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether the jar that a command was given is to be trusted from now on. */
final class TrustOption {

  @Option(names = "--trust", description = "Put the SHA-256 of JAR on the list of trusted plugins.")
  private boolean trust;

  /** Trusts a jar if the user said so; what is no file is left to those who read it. */
  void apply(Path jar, PluginHome home) {
    if (trust && Files.isRegularFile(jar)) {
      home.trust(jar);
    }
  }
}
