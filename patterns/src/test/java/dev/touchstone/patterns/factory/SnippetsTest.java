package dev.touchstone.patterns.factory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of this package shows. */
class SnippetsTest {

  interface Exporter {}

  record PdfExporter(String title) implements Exporter {}

  record HtmlExporter(String title) implements Exporter {}

  @Test
  void catalog() {
    // @start region="catalog"
    var exporters = Catalog.<String, String, Exporter>builder()
        .add("pdf", PdfExporter::new)
        .add("html", HtmlExporter::new)
        .require(List.of("pdf", "html")) // build() throws, naming all that is missing or twice
        .build();

    var exporter = exporters.make("pdf", "Annual report");
    // @end

    assertThat(exporter).isEqualTo(new PdfExporter("Annual report"));
  }
}
