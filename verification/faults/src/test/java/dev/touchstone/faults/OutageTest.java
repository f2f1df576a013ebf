package dev.touchstone.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.apiclient.retry.RetryBudget;
import dev.touchstone.apiclient.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final Path PAGE = Path.of("../../docs/benchmarks/outage.md");

  @Nested
  class Client {

    @Test
    void addsLittleToAnOutageAndIsBackAtOnce() throws IOException {
      var outage = OutageRun.touchstone(1_000, RetryPolicy.standard());

      assertThat(outage.extraLoad()).isBetween(0.0, 0.05);
      assertThat(outage.secondsToRecover()).isZero();
      assertThat(Files.readString(PAGE)).contains(OutageReport.row("Touchstone", outage));
    }

    @Test
    void addsMuchWithoutItsBudget() {
      var policy = RetryPolicy.builder().budget(RetryBudget.unlimited()).build();

      var outage = OutageRun.touchstone(50, policy);

      assertThat(outage.extraLoad()).isBetween(1.9, 2.1);
    }

    @Test
    void hasTheSameHistoryEachTime() {
      var first = OutageRun.touchstone(50, RetryPolicy.standard());
      var second = OutageRun.touchstone(50, RetryPolicy.standard());

      for (var i = 0; i < Outage.SECONDS; i++) {
        assertThat(second.load(i)).isEqualTo(first.load(i));
      }
    }
  }

  @Nested
  class Count {

    private final Outage outage = new Outage(10);

    @Test
    void ofLoadIsInPartsOfTheCalls() {
      for (var i = 0; i < 20; i++) {
        outage.attempt(0.5);
      }

      assertThat(outage.load(0)).isEqualTo(2);
    }

    @Test
    void ofCapacityEndsWithTheSecond() {
      for (var i = 0; i < 12; i++) {
        assertThat(outage.attempt(0.9)).isTrue();
      }
      assertThat(outage.attempt(0.9)).isFalse();
      assertThat(outage.attempt(1.0)).isTrue();
      assertThat(outage.attempt(Outage.BEFORE)).isFalse();
      assertThat(outage.attempt(Outage.BEFORE + Outage.DOWN)).isTrue();
    }

    @Test
    void ofRecoveryBeginsAfterTheLastBadSecond() {
      for (var second = Outage.BEFORE + Outage.DOWN; second < Outage.SECONDS; second++) {
        for (var i = 0; i < 10; i++) {
          if (second != Outage.BEFORE + Outage.DOWN + 2) {
            outage.succeeded(second);
          }
        }
      }

      assertThat(outage.secondsToRecover()).isEqualTo(3);
    }
  }

  @Test
  void isDrawn() {
    var chart = Chart.svg(List.of(new Chart.Line("nobody", "#000", new Outage(1))));

    assertThat(chart)
        .startsWith("<svg")
        .contains("nobody", "<polyline points=\"60,310 ")
        .endsWith("</svg>\n");
  }
}
