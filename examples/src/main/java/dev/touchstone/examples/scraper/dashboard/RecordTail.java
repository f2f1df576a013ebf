package dev.touchstone.examples.scraper.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last records of a file of JSON lines, at most 256 KiB of them, so that looking at a large file
 * costs no more than looking at a small one.
 *
 * @param records each with the values of its fields as text, nested ones as JSON; without those that
 *     are null or empty; the newest last
 */
record RecordTail(List<Map<String, String>> records) {

  private static final int MOST_BYTES = 256 * 1024;

  /**
   * What the records have in a field.
   *
   * @param count how many have a value
   * @param example the newest value
   */
  record Fill(int count, String example) {}

  /**
   * Reads the end of what is committed of a file; empty if it cannot be read.
   *
   * @param length how long it is, as of the last commit
   */
  static Optional<RecordTail> read(Path file, long length) {
    var start = Math.max(0, length - MOST_BYTES);
    var bytes = ByteBuffer.allocate((int) (length - start));
    try (var channel = Files.newByteChannel(file)) {
      channel.position(start);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    } catch (IOException e) {
      return Optional.empty();
    }
    var text = new String(bytes.array(), 0, bytes.position(), UTF_8);
    var whole = start == 0 ? text : text.substring(text.indexOf('\n') + 1);
    var records = new ArrayList<Map<String, String>>();
    whole.lines().forEach(line -> record(line).ifPresent(records::add));
    return Optional.of(new RecordTail(records));
  }

  private static Optional<Map<String, String>> record(String line) {
    try {
      var json = JsonMapper.shared().readTree(line);
      return json.isObject() ? Optional.of(values(json)) : Optional.empty();
    } catch (JacksonException e) { // somebody else has written to the file
      return Optional.empty();
    }
  }

  private static Map<String, String> values(JsonNode json) {
    var values = new LinkedHashMap<String, String>();
    for (var field : json.properties()) {
      var value = field.getValue();
      var text = value.isString() ? value.stringValue() : value.toString();
      if (!value.isNull() && !text.isEmpty()) {
        values.put(field.getKey(), text);
      }
    }
    return values;
  }

  /** Returns what the records have in each field, the most filled first. */
  Map<String, Fill> fills() {
    var fills = new LinkedHashMap<String, Fill>();
    for (var record : records) {
      record.forEach((field, value) ->
          fills.merge(field, new Fill(1, value), (old, one) -> new Fill(old.count() + 1, value)));
    }
    var sorted = new LinkedHashMap<String, Fill>();
    fills.entrySet().stream()
        .sorted(Comparator.comparingInt(field -> -field.getValue().count()))
        .forEach(field -> sorted.put(field.getKey(), field.getValue()));
    return sorted;
  }
}
