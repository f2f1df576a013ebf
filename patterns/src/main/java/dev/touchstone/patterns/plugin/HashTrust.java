package dev.touchstone.patterns.plugin;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Trusts jars by their SHA-256. */
final class HashTrust implements Trust {

  private final Set<String> hashes;

  HashTrust(Collection<String> hashes) {
    this.hashes = hashes.stream().map(HashTrust::checked).collect(toUnmodifiableSet());
  }

  static HashTrust read(Path list) throws IOException {
    return new HashTrust(Files.readAllLines(list).stream()
        .filter(line -> !line.isBlank())
        .map(line -> line.strip().split("\\s", 2)[0])
        .toList());
  }

  private static String checked(String hash) {
    if (!hash.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "a SHA-256 must have 64 hexadecimal digits, was \"" + hash + "\"");
    }
    return hash.toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<String> objection(Path jar) throws IOException {
    var hash = sha256(jar);
    return hashes.contains(hash)
        ? Optional.empty()
        : Optional.of(
            "its SHA-256 " + hash + " is not among the " + hashes.size() + " trusted ones");
  }

  static String sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        Files.copy(file, sink);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) { // every Java platform has it
      throw new IllegalStateException(e);
    }
  }
}
