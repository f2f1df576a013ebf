package dev.touchstone.examples.gateway.definition;

import dev.touchstone.apiclient.observe.Redaction;
import dev.touchstone.examples.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The address of a call: {@code users/{id}?page={query.page}}. Its first segment names the backend.
 * Immutable.
 *
 * @param backend the name of the backend
 * @param path what follows it, without a slash at its start, with <code>{}</code> for each reference
 * @param references those of the path, in order
 * @param query the parameters
 */
public record Template(
    String backend, String path, List<Reference> references, List<Parameter> query) {

  /**
   * A parameter of the query.
   *
   * @param name its name
   * @param literal its value; empty if it is a reference
   * @param reference what its value is; a parameter whose reference leads nowhere is left out
   */
  public record Parameter(String name, Optional<String> literal, Optional<Reference> reference) {

    private String value() {
      return literal.orElseGet(() -> "{" + reference.orElseThrow() + "}");
    }
  }

  private static final String HIDDEN = "***";

  private static final String EXPECTED =
      "an address such as users/{id}?page={query.page}, which begins with the name of a backend";

  /** Copies the lists. */
  public Template {
    references = List.copyOf(references);
    query = List.copyOf(query);
  }

  /**
   * Reads a template.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if it is none
   */
  static Template read(YamlNode node) {
    var text = node.text();
    var mark = text.indexOf('?');
    var address = mark < 0 ? text : text.substring(0, mark);
    var slash = address.indexOf('/');
    var backend = slash < 0 ? address : address.substring(0, slash);
    if (backend.isEmpty() || backend.indexOf('{') >= 0) {
      throw node.expected(EXPECTED);
    }
    var references = new ArrayList<Reference>();
    var path = path(node, slash < 0 ? "" : address.substring(slash + 1), references);
    return new Template(
        backend, path, references, mark < 0 ? List.of() : query(node, text.substring(mark + 1)));
  }

  private static String path(YamlNode node, String text, List<Reference> references) {
    var path = new StringBuilder();
    var from = 0;
    for (var open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      var close = text.indexOf('}', open);
      if (close < 0) {
        throw node.failure("a brace is not closed; write references as {user.teamId}");
      }
      references.add(reference(node, text.substring(open + 1, close)));
      path.append(text, from, open).append("{}");
      from = close + 1;
    }
    return path.append(text, from, text.length()).toString();
  }

  private static List<Parameter> query(YamlNode node, String text) {
    return Stream.of(text.split("&", -1)).map(pair -> parameter(node, pair)).toList();
  }

  private static Parameter parameter(YamlNode node, String pair) {
    var equals = pair.indexOf('=');
    if (equals < 1 || pair.substring(0, equals).indexOf('{') >= 0) {
      throw node.failure("expected a parameter such as page={query.page}, found '" + pair + "'");
    }
    var name = pair.substring(0, equals);
    var value = pair.substring(equals + 1);
    if (value.indexOf('{') < 0) {
      return new Parameter(name, Optional.of(value), Optional.empty());
    }
    if (!value.startsWith("{") || value.indexOf('}') != value.length() - 1) {
      throw node.failure("a parameter is either a text or one reference, found '" + pair + "'");
    }
    return new Parameter(
        name,
        Optional.empty(),
        Optional.of(reference(node, value.substring(1, value.length() - 1))));
  }

  private static Reference reference(YamlNode node, String text) {
    return Reference.parse(text)
        .filter(reference -> !reference.isMany())
        .orElseThrow(() -> node.failure(
            "expected a reference to one value such as {user.teamId}, found '{" + text + "}'"));
  }

  /** Returns all references, those of the path first. */
  public Stream<Reference> allReferences() {
    return Stream.concat(
        references.stream(), query.stream().flatMap(parameter -> parameter.reference().stream()));
  }

  /** Returns it as it is written. */
  @Override
  public String toString() {
    return text(Parameter::value);
  }

  /** Returns it to be shown: of parameters that look like secrets, only the names. */
  public String shown() {
    return text(parameter ->
        parameter.literal().isPresent() && Redaction.standard().hidesField(parameter.name())
            ? HIDDEN
            : parameter.value());
  }

  private String text(Function<Parameter, String> values) {
    var text = new StringBuilder(backend);
    if (!path.isEmpty()) {
      var filled = path;
      for (var reference : references) {
        filled = filled.replaceFirst("\\{}", "{" + reference + "}");
      }
      text.append('/').append(filled);
    }
    var separator = '?';
    for (var parameter : query) {
      text.append(separator).append(parameter.name()).append('=').append(values.apply(parameter));
      separator = '&';
    }
    return text.toString();
  }
}
