package dev.touchstone.examples.pluginapp;

import dev.touchstone.patterns.plugin.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trusts the plugins that come with the workbench, the jars that the user's list has the hash of, those
 * signed by the holder of one of the user's certificates, and those that this process was told to trust.
 * The files are read for each jar, so that a change of them is seen at once.
 */
public final class HomeTrust implements Trust {

  private final PluginHome home;
  private final Trust shipped;
  private final Set<String> allowed = ConcurrentHashMap.newKeySet();

  HomeTrust(PluginHome home, Set<String> shipped) {
    this.home = home;
    this.shipped = Trust.sha256(shipped);
  }

  /** Trusts a jar as it is now, until the process ends. */
  public void allow(Path jar) {
    allowed.add(JarFacts.sha256(jar));
  }

  /** Returns whether there is no objection to a jar. */
  boolean trusts(Path jar) {
    try {
      return objection(jar).isEmpty();
    } catch (IOException | RuntimeException e) {
      return false; // why is said where it is loaded
    }
  }

  @Override
  public Optional<String> objection(Path jar) throws IOException {
    if (shipped.objection(jar).isEmpty() || allowed.contains(JarFacts.sha256(jar))) {
      return Optional.empty();
    }
    if (Files.exists(home.trusted())
        && Trust.sha256(home.trusted()).objection(jar).isEmpty()) {
      return Optional.empty();
    }
    var certificates = certificates();
    if (!certificates.isEmpty() && Trust.signedBy(certificates).objection(jar).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "its SHA-256 %s is not in %s, and no certificate in %s signed it; if you trust "
                .formatted(JarFacts.sha256(jar), home.trusted(), home.certificates())
            + "it, which lets it do all that you can, install it with --trust");
  }

  private List<X509Certificate> certificates() throws IOException {
    if (!Files.isDirectory(home.certificates())) {
      return List.of();
    }
    var certificates = new ArrayList<X509Certificate>();
    try (var files = Files.list(home.certificates())) {
      var factory = CertificateFactory.getInstance("X.509");
      for (var file : files.sorted().toList()) {
        try (var in = Files.newInputStream(file)) {
          for (var certificate : factory.generateCertificates(in)) {
            certificates.add((X509Certificate) certificate);
          }
        }
      }
    } catch (CertificateException e) {
      throw new IOException(
          "a file in " + home.certificates() + " is no certificate in PEM: " + e.getMessage(), e);
    }
    return certificates;
  }
}
