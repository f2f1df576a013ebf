package dev.touchstone.examples.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers of the API, a file for each, so that a question that was answered is not asked again.
 *
 * <p>Safe for use by several threads.
 */
final class Answers {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final TourFolder folder;

  Answers(TourFolder folder) {
    this.folder = folder;
  }

  /**
   * An answer.
   *
   * @param attempts how many requests it took
   */
  record Answer(Assay assay, int attempts) {}

  /** A line of the file with all answers. */
  private record Line(String mineral, String group, double hardness, double density) {}

  /** Makes room for answers, and forgets those of an earlier tour. */
  void clear() throws IOException {
    Files.createDirectories(folder.answers());
    try (var files = Files.list(folder.answers())) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Returns whether there is an answer about a mineral. */
  boolean has(String mineral) {
    return Files.exists(file(mineral));
  }

  /** Returns the answers about the minerals, in their order. */
  List<Answer> of(List<String> minerals) {
    return minerals.stream()
        .map(mineral -> JSON.readValue(file(mineral), Answer.class))
        .toList();
  }

  /** Keeps an answer: afterwards it is there whole, whatever was there before. */
  void keep(String mineral, Answer answer) throws IOException {
    write(file(mineral), JSON.writeValueAsString(answer));
  }

  /** Writes a line for each answer, all or none. */
  void writeLines(List<Answer> answers) throws IOException {
    var lines = new StringBuilder();
    for (var answer : answers) {
      var assay = answer.assay();
      var line = new Line(assay.mineral(), assay.group(), assay.hardness(), assay.density());
      lines.append(JSON.writeValueAsString(line)).append('\n');
    }
    write(folder.assays(), lines.toString());
  }

  private Path file(String mineral) {
    return folder.answers().resolve(mineral + ".json");
  }

  /* Two attempts of one job may overlap: each has a file of its own until it takes its place. */
  private static void write(Path file, String text) throws IOException {
    var whole = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    Files.writeString(whole, text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
