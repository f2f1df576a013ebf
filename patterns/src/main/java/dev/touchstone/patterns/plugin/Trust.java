package dev.touchstone.patterns.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;

/**
 * Decides whose jars a {@link PluginHost} loads. Asked about the private copy of a jar, before a class
 * of it is read.
 */
@FunctionalInterface
public interface Trust {

  /**
   * Returns what speaks against a jar, or nothing if it may be loaded.
   *
   * @param jar the host's copy, which nobody changes any more
   * @throws IOException if the jar cannot be read. Like any other exception, this keeps the jar out
   */
  Optional<String> objection(Path jar) throws IOException;

  /** Trusts every jar. For jars that come with the application, and for tests. */
  static Trust everything() {
    return jar -> Optional.empty();
  }

  /**
   * Trusts the jars whose SHA-256 is listed.
   *
   * @param hashes 64 hexadecimal digits each
   * @throws IllegalArgumentException if one is not such a number
   */
  static Trust sha256(Collection<String> hashes) {
    return new HashTrust(hashes);
  }

  /**
   * Trusts the jars whose SHA-256 is listed in a file, as {@code sha256sum} writes it. The names in
   * the file do not matter. The file is read once, now.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line does not start with 64 hexadecimal digits
   */
  static Trust sha256(Path list) throws IOException {
    return HashTrust.read(list);
  }

  /**
   * Trusts the jars of which every entry is signed by the holder of one of these certificates.
   *
   * <p>Signatures are checked; revocation and expiry are not.
   *
   * @throws IllegalArgumentException if there is no certificate
   */
  static Trust signedBy(Collection<X509Certificate> certificates) {
    return new SignatureTrust(certificates);
  }
}
