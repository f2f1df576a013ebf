package dev.touchstone.examples.yaml;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads configuration files in YAML 1.2. Anchors and aliases are not supported: they save the writer
 * little, and the reader cannot be sure of where a value comes from.
 */
public final class YamlFile {

  private static final int LARGEST = 1 << 20;
  private static final int DEEPEST = 50;

  private YamlFile() {}

  /**
   * Reads a file.
   *
   * @return the whole of it
   * @throws YamlException if it is not one YAML document
   * @throws IOException if it cannot be read
   */
  public static YamlNode read(Path file) throws IOException {
    return parse(new Origin(file.toString(), null), text(file));
  }

  /**
   * Reads a file with references such as <code>${PORT}</code> and <code>${PORT:-8080}</code>, which
   * stand for other texts; <code>$${</code> is no reference. What they stand for is never in a message.
   *
   * @param references finds the text that a name stands for
   * @return the whole of it
   * @throws YamlException if it is not one YAML document
   * @throws IOException if it cannot be read
   */
  public static YamlNode read(Path file, Function<String, Optional<String>> references)
      throws IOException {
    return parse(file.toString(), text(file), references);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new YamlException(file.toString(), 1, 1, "expected text in UTF-8, found other bytes");
    }
  }

  /**
   * Reads a text.
   *
   * @param name what messages call it
   * @return the whole of it
   * @throws YamlException if it is not one YAML document
   */
  public static YamlNode parse(String name, String text) {
    return parse(new Origin(name, null), text);
  }

  /**
   * Reads a text with references.
   *
   * @param name what messages call it
   * @param references finds the text that a name stands for
   * @return the whole of it
   * @throws YamlException if it is not one YAML document
   */
  public static YamlNode parse(
      String name, String text, Function<String, Optional<String>> references) {
    return parse(new Origin(name, requireNonNull(references, "references")), text);
  }

  private static YamlNode parse(Origin origin, String text) {
    var name = origin.file();
    var settings = LoadSettings.builder()
        .setLabel(name)
        .setCodePointLimit(LARGEST)
        .setAllowNonScalarKeys(true) // refused in YamlMapping, in our words
        .build();
    try {
      var node = new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new YamlException(name, 1, 1, "expected a mapping, found nothing"));
      check(origin, node, 1);
      return new YamlNode(origin, node);
    } catch (MarkedYamlEngineException e) {
      var mark = e.getProblemMark().or(e::getContextMark);
      throw new YamlException(
          name,
          mark.map(m -> m.getLine() + 1).orElse(1),
          mark.map(m -> m.getColumn() + 1).orElse(1),
          "this is not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      var before = text.substring(0, Math.min(e.getPosition(), text.length()));
      throw new YamlException(
          name,
          (int) before.chars().filter(c -> c == '\n').count() + 1,
          before.length() - before.lastIndexOf('\n'),
          "the character U+%04X is not allowed; remove it".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw new YamlException(name, 1, 1, "this is not YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new YamlException(name, 1, 1, "this is nested too deeply");
    }
  }

  private static void check(Origin origin, Node node, int depth) {
    if (node.getAnchor().isPresent()) {
      throw new YamlNode(origin, node)
          .failure("anchors (&" + node.getAnchor().get().getValue()
              + ") are not supported; write the value where it is used");
    }
    if (depth > DEEPEST) {
      throw new YamlNode(origin, node).failure("this is nested too deeply");
    }
    switch (node) {
      case MappingNode mapping ->
        mapping.getValue().forEach(entry -> {
          check(origin, entry.getKeyNode(), depth + 1);
          check(origin, entry.getValueNode(), depth + 1);
        });
      case SequenceNode list -> list.getValue().forEach(item -> check(origin, item, depth + 1));
      default -> {} // a single value
    }
  }
}
