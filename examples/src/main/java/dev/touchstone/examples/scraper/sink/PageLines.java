package dev.touchstone.examples.scraper.sink;

import static java.util.Objects.requireNonNull;

import dev.touchstone.examples.scraper.frontier.Visit;
import dev.touchstone.examples.scraper.page.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes one line of JSON for each address. */
public final class PageLines implements Sink {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final OutputFiles.Output file;

  /** Creates a sink that appends to a file. */
  public PageLines(OutputFiles.Output file) {
    this.file = requireNonNull(file, "file");
  }

  @Override
  public void write(Visit visit) {
    var link = visit.lease().link();
    var line = new LinkedHashMap<String, Object>();
    line.put("url", link.uri());
    line.put("kind", visit.outcome().kind());
    describe(visit, line);
    line.put("depth", link.depth());
    link.from().ifPresent(from -> line.put("from", from));
    file.append(JSON.writeValueAsString(line) + "\n");
  }

  private static void describe(Visit visit, Map<String, Object> line) {
    switch (visit.outcome()) {
      case Outcome.Page page -> {
        line.put("title", page.title());
        line.put("bytes", page.bytes());
        line.put("links", page.links().size());
        line.put("attempts", visit.lease().attempts() + 1);
      }
      case Outcome.Redirect redirect -> {
        line.put("status", redirect.status());
        line.put("to", redirect.target());
      }
      case Outcome.Other other -> line.put("contentType", other.contentType());
      case Outcome.Refused refused -> line.put("status", refused.status());
      case Outcome.Failed failed -> line.put("reason", failed.reason());
      case Outcome.Excluded excluded -> {}
    }
  }
}
