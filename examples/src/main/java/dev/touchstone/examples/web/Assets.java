package dev.touchstone.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The style sheet, the script and the icon, held in memory. Immutable; for all threads. */
final class Assets {

  /**
   * A file.
   *
   * @param content its text
   * @param contentType its media type
   * @param version the beginning of its hash
   */
  record Asset(String content, String contentType, String version) {}

  private static final String FOLDER = "/assets/";

  private final Map<String, Asset> byName;

  private Assets(Map<String, Asset> byName) {
    this.byName = byName;
  }

  static Assets load() {
    return new Assets(List.of("shell.css", "shell.js", "icon.svg").stream()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), Assets::load)));
  }

  private static Asset load(String name) {
    try (var in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the file " + name + " is missing beside " + Assets.class);
      }
      var content = new String(in.readAllBytes(), UTF_8);
      return new Asset(content, contentType(name), version(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      default -> "image/svg+xml";
    };
  }

  static String version(String content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the file at a path of the server. */
  Optional<Asset> at(String path) {
    return path.startsWith(FOLDER)
        ? Optional.ofNullable(byName.get(path.substring(FOLDER.length())))
        : Optional.empty();
  }

  /**
   * Returns the address of a file, which changes with its content: the browser may keep it for ever.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  String address(String name) {
    var asset = byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset '" + name + "'; there are " + byName.keySet());
    }
    return FOLDER + name + "?v=" + asset.version();
  }
}
