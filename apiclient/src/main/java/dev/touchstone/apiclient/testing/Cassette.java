package dev.touchstone.apiclient.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests and their answers as they are kept in a file: JSON, to be read and reviewed by people.
 *
 * @param interactions in the order of the requests
 */
record Cassette(List<Interaction> interactions) {

  /**
   * A request and its answer.
   *
   * @param request what was asked
   * @param status the status of the answer
   * @param headers names and values in turn
   * @param body text as it is, anything else in Base64
   * @param encoding {@code text} or {@code base64}
   */
  record Interaction(
      Asked request, int status, List<String> headers, String body, String encoding) {

    /** Returns this interaction with every text changed. */
    Interaction map(UnaryOperator<String> change) {
      return new Interaction(
          request.map(change),
          status,
          headers.stream().map(change).toList(),
          encoding.equals("text") ? change.apply(body) : body,
          encoding);
    }
  }

  /**
   * What a request is known by.
   *
   * @param method the method
   * @param url the URL without its secrets
   * @param body the body without its secrets; empty if there is none
   */
  record Asked(String method, String url, String body) {

    private Asked map(UnaryOperator<String> change) {
      return new Asked(method, change.apply(url), change.apply(body));
    }

    @Override
    public String toString() {
      return method + " " + url + (body.isEmpty() ? "" : " with " + body);
    }
  }

  private static final JsonMapper MAPPER = JsonMapper.shared();

  void write(Path file) {
    var root = MAPPER.createObjectNode();
    var list = root.putArray("interactions");
    for (var each : interactions) {
      var node = list.addObject();
      node.putObject("request")
          .put("method", each.request.method)
          .put("url", each.request.url)
          .put("body", each.request.body);
      var response = node.putObject("response").put("status", each.status);
      var headers = response.putArray("headers");
      each.headers.forEach(headers::add);
      response.put("encoding", each.encoding).put("body", each.body);
    }
    try {
      Files.writeString(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } catch (IOException failure) {
      throw new UncheckedIOException("the cassette cannot be written; check " + file, failure);
    }
  }

  static Cassette read(Path file) {
    try {
      var interactions = new ArrayList<Interaction>();
      for (var each : MAPPER.readTree(Files.readString(file)).required("interactions")) {
        interactions.add(interaction(each));
      }
      return new Cassette(List.copyOf(interactions));
    } catch (IOException failure) {
      throw new UncheckedIOException("there is no cassette to replay; record " + file, failure);
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException(
          file + " is not a cassette that a Recorder wrote; record it again", malformed);
    }
  }

  private static Interaction interaction(JsonNode node) {
    var request = node.required("request");
    var response = node.required("response");
    var headers = new ArrayList<String>();
    response.required("headers").forEach(header -> headers.add(header.asString()));
    return new Interaction(
        new Asked(text(request, "method"), text(request, "url"), text(request, "body")),
        response.required("status").asInt(),
        List.copyOf(headers),
        text(response, "body"),
        text(response, "encoding"));
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).asString();
  }

  /** Returns a text as it is written inside of a JSON string. */
  static String escaped(String text) {
    var quoted = MAPPER.writeValueAsString(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Returns a JSON document as a tree; null if it is none. */
  static @Nullable JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (RuntimeException notJson) {
      return null;
    }
  }
}
