package dev.touchstone.patterns.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.touchstone.patterns.testing.PluginJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

  @TempDir
  private static Path shared;

  @TempDir
  private Path directory;

  private Path jar(String content) {
    return PluginJar.of("a", "1").resource("text.txt", content).writeTo(directory.resolve("a.jar"));
  }

  @Test
  void isRefusedIfTheCheckFails() {
    PluginJar.of("a", "1").writeTo(directory.resolve("a.jar"));
    PluginJar.of("b", "1").writeTo(directory.resolve("b.jar"));
    var first = new AtomicBoolean(true);
    try (var host = PluginHost.builder()
        .directory(directory)
        .trust(jar -> {
          if (first.getAndSet(false)) {
            throw new IllegalStateException("no answer");
          }
          return Optional.empty();
        })
        .build()) {

      var report = host.load();

      assertThat(report.active()).extracting(PluginDescriptor::id).containsExactly("b");
      assertThat(report.problems().getFirst().state())
          .isEqualTo(new PluginState.Rejected(List.of(new Reason(
              Reason.Kind.NOT_TRUSTED,
              directory.resolve("a.jar")
                  + " is not trusted: the check failed with java.lang.IllegalStateException:"
                  + " no answer"))));
    }
  }

  @Nested
  class InHashes {

    @Test
    void coversWhatIsListed() throws IOException {
      var jar = jar("text");
      var list = Files.writeString(
          directory.resolve("SHA256SUMS"),
          HashTrust.sha256(jar).toUpperCase(Locale.ROOT) + "  any-name.jar\n\n");

      assertThat(Trust.sha256(list).objection(jar)).isEmpty();
    }

    @Test
    void keepsEveryClassOfOtherJarsOut() {
      Sources.acting("a", "1", "System.setProperty(\"touchstone.untrusted\", \"ran\");", "")
          .writeTo(directory.resolve("a.jar"));
      try (var host = PluginHost.builder()
          .directory(directory)
          .trust(Trust.sha256(List.of("0".repeat(64))))
          .build()) {

        var state = (PluginState.Rejected) host.load().problems().getFirst().state();

        assertThat(state.reasons().getFirst().kind()).isEqualTo(Reason.Kind.NOT_TRUSTED);
        assertThat(state.reasons().getFirst().message())
            .matches(
                ".*a\\.jar is not trusted: its SHA-256 [0-9a-f]{64} is not among the 1 trusted ones");
        assertThat(System.getProperty("touchstone.untrusted")).isNull();
      }
    }

    @Test
    void refusesOtherTexts() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Trust.sha256(List.of("abc")))
          .withMessage("a SHA-256 must have 64 hexadecimal digits, was \"abc\"");
    }
  }

  @Nested
  class InSignatures {

    private static Path store;
    private static X509Certificate certificate;

    @BeforeAll
    static void makeKey() throws Exception {
      store = shared.resolve("keys.p12");
      run(
          "keytool",
          "-genkeypair",
          "-keystore",
          store.toString(),
          "-storepass",
          "changeit",
          "-alias",
          "key",
          "-keyalg",
          "EC",
          "-dname",
          "CN=test",
          "-validity",
          "1000");
      var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
      certificate = (X509Certificate) keys.getCertificate("key");
    }

    private static void run(String tool, String... arguments) throws Exception {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
      command.addAll(List.of(arguments));
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
    }

    private Path signed() throws Exception {
      var jar = jar("text");
      run(
          "jarsigner",
          "-keystore",
          store.toString(),
          "-storepass",
          "changeit",
          jar.toString(),
          "key");
      return jar;
    }

    @Test
    void coversWhatIsSignedAndNothingElse() throws Exception {
      var trust = Trust.signedBy(List.of(certificate));
      var jar = signed();
      assertThat(trust.objection(jar)).isEmpty();

      change(jar, "added.txt");
      assertThat(trust.objection(jar))
          .contains("its entry added.txt is not signed with a trusted certificate");

      jar = signed();
      change(jar, "text.txt");
      assertThat(trust.objection(jar).orElseThrow()).startsWith("its signature does not hold: ");

      assertThat(trust.objection(jar("text")).orElseThrow())
          .endsWith("is not signed with a trusted certificate");
    }

    private static void change(Path jar, String entry) throws IOException {
      try (var files = FileSystems.newFileSystem(jar)) {
        Files.copy(
            new ByteArrayInputStream("evil".getBytes()),
            files.getPath(entry),
            StandardCopyOption.REPLACE_EXISTING);
      }
      try (var file = new ZipFile(jar.toFile())) {
        assertThat(file.getEntry(entry)).isNotNull();
      }
    }

    @Test
    void needsACertificate() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Trust.signedBy(List.of()))
          .withMessage("there must be a certificate, or no jar can be trusted");
    }
  }
}
