package dev.touchstone.examples.pluginapp.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.concurrency.time.TimeSource;
import dev.touchstone.examples.pluginapp.api.Row;
import dev.touchstone.examples.pluginapp.api.RowWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriterLayersTest {

  private final SinkFigures figures = new SinkFigures();
  private final Core core = new Core();
  private final RowWriter writer = WriterLayers.around(core, figures, TimeSource.system());

  /** Fails as often as it is told, and notes what it was given. */
  private static final class Core implements RowWriter {

    private final List<Integer> sizes = new ArrayList<>();
    private int failures;
    private boolean isFinished;

    @Override
    public void write(List<Row> rows) throws IOException {
      if (failures-- > 0) {
        throw new IOException("the disk is full");
      }
      sizes.add(rows.size());
    }

    @Override
    public String bookmark() {
      return "after " + sizes;
    }

    @Override
    public void finish() {
      isFinished = true;
    }

    @Override
    public void close() {
      // has nothing open
    }
  }

  private static List<Row> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new Row(Map.of("n", number)))
        .toList();
  }

  @Test
  void collectsSmallBatches() throws IOException {
    for (var i = 0; i < 12; i++) {
      writer.write(rows(10));
    }
    writer.finish();

    assertThat(core.sizes).containsExactly(100, 20);
    assertThat(core.isFinished).isTrue();
    assertThat(figures.rows()).isEqualTo(120);
  }

  @Test
  void putsEverythingInItsPlaceBeforeABookmark() throws IOException {
    writer.write(rows(3));

    assertThat(writer.bookmark()).isEqualTo("after [3]");
  }

  @Test
  void triesAgainAndWritesOnce() throws IOException {
    core.failures = 2;
    writer.write(rows(200));

    assertThat(core.sizes).containsExactly(200);
    assertThat(figures.retries()).isEqualTo(2);
    assertThat(figures.rows()).isEqualTo(200);
  }

  @Test
  void givesUpAfterThreeTimes() {
    core.failures = 3;

    assertThatThrownBy(() -> writer.write(rows(200)))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThat(figures.rows()).isZero();
  }
}
