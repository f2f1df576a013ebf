package dev.touchstone.patterns.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/*
 * Each jar is copied first, and only the copy is checked and read: what was checked is what is loaded,
 * and the original may be deleted or overwritten at any time, also on Windows and also while the plugin
 * runs. (A jar that is overwritten while a JarFile has it open makes the JVM read garbage.)
 */
/** The host's own copies of the jars of plugins, deleted when they are no longer in use. */
final class JarCache implements AutoCloseable {

  /** A way out of the folder that an archive is unpacked to, if somebody should do that. */
  private static final Pattern OUTSIDE =
      Pattern.compile("(^|.*[/\\\\])\\.\\.([/\\\\].*|$)" + "|[/\\\\].*|[A-Za-z]:.*");

  private final Path directory;
  private final Trust trust;
  private int copies; // made so far, under the host's turn

  JarCache(Trust trust) {
    this.trust = trust;
    try {
      directory = Files.createTempDirectory("touchstone-plugins");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder for copies of plugins", e);
    }
  }

  /** Copies, checks and reads a jar. Nothing is left of one that is rejected. */
  CachedJar add(Path original) throws RejectedException {
    if (!Files.isRegularFile(original)) { // to copy from a pipe could take for ever
      throw new RejectedException(
          Reason.Kind.NOT_A_JAR,
          original + " must be a file, " + (Files.exists(original) ? "is not" : "does not exist"));
    }
    var copy = nextCopy();
    try {
      Files.copy(original, copy);
      checkTrust(original, copy);
      return read(original, copy);
    } catch (IOException e) {
      delete(copy);
      throw new RejectedException(
          Reason.Kind.NOT_A_JAR, original + " cannot be read as a jar: " + e.getMessage(), e);
    } catch (RejectedException | RuntimeException e) {
      delete(copy);
      throw e;
    }
  }

  /** Copies a copy, for a second loader that is to outlive the first. */
  CachedJar copyOf(CachedJar jar) throws IOException {
    var copy = nextCopy();
    Files.copy(jar.copy(), copy);
    return jar.withCopy(copy);
  }

  private Path nextCopy() {
    return directory.resolve(++copies + ".jar");
  }

  private void checkTrust(Path original, Path copy) throws IOException, RejectedException {
    Optional<String> objection;
    try {
      objection = trust.objection(copy);
    } catch (RuntimeException e) { // the application's code; one jar must not keep out the others
      throw new RejectedException(
          Reason.Kind.NOT_TRUSTED, original + " is not trusted: the check failed with " + e, e);
    }
    if (objection.isPresent()) {
      throw new RejectedException(
          Reason.Kind.NOT_TRUSTED, original + " is not trusted: " + objection.get());
    }
  }

  private static CachedJar read(Path original, Path copy) throws IOException, RejectedException {
    try (var jar = open(copy)) {
      checkEntries(original, jar);
      return new CachedJar(original, copy, DescriptorReader.read(jar));
    }
  }

  /** Opens a jar without checking signatures: that is the business of a {@link Trust}. */
  static JarFile open(Path jar) throws IOException {
    return new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion());
  }

  private static void checkEntries(Path original, JarFile jar) throws RejectedException {
    for (var entries = jar.entries(); entries.hasMoreElements(); ) {
      var entry = entries.nextElement();
      var name = entry.getName();
      if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME)) { // the JDK reads it whole, and soon
        DescriptorReader.checkSize(name, entry.getSize());
      }
      if (OUTSIDE.matcher(name).matches()) {
        throw new RejectedException(
            Reason.Kind.NOT_A_JAR,
            original + " has an entry that leads outside" + " of it: \"" + name
                + "\"; make the jar with paths relative to its root");
      }
    }
  }

  static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      copy.toFile().deleteOnExit(); // still open somewhere, on a system where that hinders
    }
  }

  /** Deletes the folder; copies that are in use by then would keep it. */
  @Override
  public void close() {
    delete(directory);
  }
}
