package dev.touchstone.patterns.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

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
    Path copy = null;
    try {
      copy = Files.createTempFile(directory, "plugin", ".jar");
      Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
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
    var copy = Files.createTempFile(directory, "plugin", ".jar");
    Files.copy(jar.copy(), copy, StandardCopyOption.REPLACE_EXISTING);
    return jar.withCopy(copy);
  }

  private CachedJar read(Path original, Path copy) throws IOException, RejectedException {
    var objection = trust.objection(copy);
    if (objection.isPresent()) {
      throw new RejectedException(
          Reason.Kind.NOT_TRUSTED, original + " is not trusted: " + objection.get());
    }
    try (var jar = open(copy)) {
      checkEntries(original, jar);
      return new CachedJar(original, copy, DescriptorReader.read(jar), HashTrust.sha256(copy));
    }
  }

  /** Opens a jar without checking signatures: that is the business of a {@link Trust}. */
  static JarFile open(Path jar) throws IOException {
    return new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion());
  }

  private static void checkEntries(Path original, JarFile jar) throws RejectedException {
    for (var entries = jar.entries(); entries.hasMoreElements(); ) {
      var name = entries.nextElement().getName();
      if (OUTSIDE.matcher(name).matches()) {
        throw new RejectedException(
            Reason.Kind.NOT_A_JAR,
            original + " has an entry that leads outside" + " of it: \"" + name
                + "\"; make the jar with paths relative to its root");
      }
    }
  }

  static void delete(@Nullable Path copy) {
    try {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
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
