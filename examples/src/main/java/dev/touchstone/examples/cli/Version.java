package dev.touchstone.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of Touchstone, as the build wrote it down, and of the Java that runs it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"touchstone " + number(), "Java " + Runtime.version()};
  }

  /** Returns what requests and archives call the software. */
  static String agent() {
    return "touchstone/" + number();
  }

  static String number() {
    try (var file = Version.class.getResourceAsStream("version.properties")) {
      var properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
