package dev.touchstone.plugins.http;

import dev.touchstone.apiclient.ApiClient;
import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.ApiRequest;
import dev.touchstone.apiclient.TypeRef;
import dev.touchstone.examples.pluginapp.api.Assignment;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowReader;
import dev.touchstone.examples.pluginapp.api.Source;
import dev.touchstone.examples.yaml.YamlNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of objects from an API: the whole answer, page by page as its links say, or the list in a
 * field of the answer. The bookmark is the number of rows read; those are asked for again and left out.
 */
public final class HttpSource implements Source {

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String about() {
    return "reads a list of JSON objects from an API, page by page";
  }

  @Override
  public List<String> options() {
    return List.of("url", "items");
  }

  @Override
  public void check(Assignment assignment) {
    url(assignment);
  }

  private static URI url(Assignment assignment) {
    var node = assignment.require("url");
    try {
      var url = new URI(node.text());
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (java.net.URISyntaxException e) {
      // told below
    }
    throw node.expected("an address such as https://api.example.org/items");
  }

  @Override
  public RowReader open(Assignment assignment) throws IOException {
    var client = ApiClient.builder().build();
    try {
      var rows = rows(client, assignment);
      var reader = new Answers(client, rows, url(assignment));
      reader.skip(assignment.bookmark().map(Long::parseLong).orElse(0L));
      return reader;
    } catch (IOException | RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static Stream<Map<String, @Nullable Object>> rows(ApiClient client, Assignment assignment)
      throws IOException {
    var request = ApiRequest.get(url(assignment));
    var items = assignment.find("items").map(YamlNode::text);
    if (items.isEmpty()) {
      return client
          .pages(request.as(new TypeRef<List<Map<String, @Nullable Object>>>() {}))
          .stream();
    }
    try {
      return list(
          client.send(request.as(new TypeRef<Map<String, @Nullable Object>>() {})), items.get());
    } catch (ApiException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Stream<Map<String, @Nullable Object>> list(
      Map<String, @Nullable Object> answer, String field) throws IOException {
    if (!(answer.get(field) instanceof List<?> list)) {
      throw new IOException("expected a list in the field '%s' of the answer, which has %s"
          .formatted(field, answer.keySet()));
    }
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    for (var item : list) {
      if (!(item instanceof Map<?, ?> object)) {
        throw new IOException("expected objects in the list '%s', found %s".formatted(field, item));
      }
      var row = new LinkedHashMap<String, @Nullable Object>();
      object.forEach((name, value) -> row.put(String.valueOf(name), value));
      rows.add(row);
    }
    return rows.stream();
  }

  private static final class Answers implements RowReader {

    private final ApiClient client;
    private final Stream<Map<String, @Nullable Object>> stream;
    private final Iterator<Map<String, @Nullable Object>> rows;
    private final URI url;
    private long read;

    Answers(ApiClient client, Stream<Map<String, @Nullable Object>> stream, URI url) {
      this.client = client;
      this.stream = stream;
      this.url = url;
      rows = stream.iterator();
    }

    void skip(long count) throws IOException {
      while (read < count && !read(1).isEmpty()) {
        // what is read is counted
      }
    }

    @Override
    public List<Row> read(int max) throws IOException {
      var read = new ArrayList<Row>();
      try {
        while (read.size() < max && rows.hasNext()) {
          read.add(new Row(rows.next()));
        }
      } catch (ApiException e) {
        throw new IOException("cannot read " + url + ": " + e.getMessage(), e);
      }
      this.read += read.size();
      return read;
    }

    @Override
    public String bookmark() {
      return Long.toString(read);
    }

    @Override
    public void close() {
      try (client) {
        stream.close();
      }
    }
  }
}
