package dev.touchstone.concurrency;

import static java.util.stream.Collectors.joining;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A virtual machine of its own, with this module on the class path and no other option. */
public final class VirtualMachine {

  private VirtualMachine() {}

  /** How it ended, and what it printed. */
  public record Run(int status, List<String> lines) {}

  /** Runs the program until its end. */
  public static Run run(Class<?> program, String... arguments) throws Exception {
    var slf4j = LoggerFactory.class.getProtectionDomain().getCodeSource().getLocation();
    var classPath = Stream.of(
            Path.of("target/classes"), Path.of("target/test-classes"), Path.of(slf4j.toURI()))
        .map(path -> path.toAbsolutePath().toString())
        .collect(joining(System.getProperty("path.separator")));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        Stream.concat(Stream.of(java, "-cp", classPath, program.getName()), Stream.of(arguments));
    var process =
        new ProcessBuilder(command.toList()).redirectError(Redirect.DISCARD).start();
    try (var output = process.inputReader()) {
      var lines = output.lines().toList();
      return new Run(process.waitFor(), lines);
    } finally {
      process.destroyForcibly();
    }
  }
}
