package dev.touchstone.examples.cli;

import dev.touchstone.examples.scraper.definition.CrawlDefinition;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The definition of a crawl, which is kept in the folder of the crawl as it was written, so that going on
 * with it takes nothing but the name of the folder.
 */
final class DefinitionFile {

  private static final String NAME = "crawl.yaml";

  private DefinitionFile() {}

  /** Keeps a definition in the folder of its crawl, on the disk. */
  static void save(String text, Path folder) throws IOException {
    try (var file = new FileOutputStream(folder.resolve(NAME).toFile())) {
      file.write(text.getBytes(StandardCharsets.UTF_8));
      file.getFD().sync();
    }
  }

  /**
   * Reads the definition of the crawl that is kept in a folder.
   *
   * @throws CommandFailedException if there is none
   */
  static CrawlDefinition load(Path folder) {
    var file = folder.resolve(NAME);
    if (Files.notExists(file)) {
      throw new CommandFailedException(
          "no crawl is kept in " + folder + "; name a folder such as pages.jsonl.crawl");
    }
    return read(file);
  }

  /**
   * Reads a definition.
   *
   * @throws CommandFailedException if the file cannot be read, or is not as it must be
   */
  static CrawlDefinition read(Path file) {
    return YamlFile.use(file, path -> CrawlDefinition.read(path, UserPlugins.additions()));
  }

  /** Reads a definition that was written by ourselves, or was read before. */
  static CrawlDefinition parse(String yaml) {
    return CrawlDefinition.parse(NAME, yaml, UserPlugins.additions());
  }

  /** Reads the text of a definition, which has been read as one before. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
