package dev.touchstone.patterns.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Trusts jars of which every entry is signed. */
final class SignatureTrust implements Trust {

  /** What makes up a signature is not itself signed. */
  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)");

  private final Set<Certificate> trusted;

  SignatureTrust(Collection<X509Certificate> certificates) {
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("there must be a certificate, or no jar can be trusted");
    }
    trusted = Set.copyOf(certificates);
  }

  @Override
  public Optional<String> objection(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile(), true)) {
      for (var entries = file.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        if (!entry.isDirectory() && !isSignature(entry) && !isSigned(file, entry)) {
          return Optional.of(
              "its entry " + entry.getName() + " is not signed with a trusted certificate");
        }
      }
      return Optional.empty();
    } catch (SecurityException e) { // thrown where content and signature do not fit
      return Optional.of("its signature does not hold: " + e.getMessage());
    }
  }

  private static boolean isSignature(JarEntry entry) {
    return SIGNATURE.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
  }

  private boolean isSigned(JarFile file, JarEntry entry) throws IOException {
    try (var in = file.getInputStream(entry)) {
      in.transferTo(OutputStream.nullOutputStream()); // the signers are known when all was read
    }
    var signers = entry.getCodeSigners();
    if (signers == null) {
      return false;
    }
    for (CodeSigner signer : signers) {
      if (trusted.contains(signer.getSignerCertPath().getCertificates().getFirst())) {
        return true;
      }
    }
    return false;
  }
}
