package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import tools.jackson.databind.json.JsonMapper;

/** Writes one line of JSON for each record. */
public final class JsonLines implements Sink {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final OutputFiles.Output file;
  private final Records records;

  /** Creates a sink that appends to a file. */
  public JsonLines(OutputFiles.Output file, Records records) {
    this.file = requireNonNull(file, "file");
    this.records = requireNonNull(records, "records");
  }

  @Override
  public void write(Finding finding) {
    for (var record : records.of(finding)) {
      file.append(JSON.writeValueAsString(record) + "\n");
    }
  }
}
