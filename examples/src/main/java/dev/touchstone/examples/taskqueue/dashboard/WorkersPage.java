package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.taskqueue.store.WorkerView;
import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Meter;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.Table;
import dev.touchstone.examples.web.Table.Style;

/** The workers, and how much of their leases is left. */
final class WorkersPage {

  private final QueueData data;

  WorkersPage(QueueData data) {
    this.data = data;
  }

  Answer answer() {
    var now = data.store().now();
    var table = new Table("Workers, by number")
        .column("Worker", Style.NUMBER)
        .column("Name", Style.ADDRESS)
        .column("Running", Style.NUMBER)
        .column("Lease", Style.NOWRAP)
        .column("Left of it", Style.WIDE)
        .column("Since", Style.NOWRAP, Style.WIDE);
    for (var worker : data.store().workers()) {
      table.row(
          Html.text(Long.toString(worker.id())),
          Html.text(worker.name()),
          Html.text(Quantities.count(worker.running())),
          lease(worker),
          Meter.of(
              "Left of the lease",
              Math.max(0, worker.lease().toMillis()),
              worker.ttl().toMillis()),
          Terms.when(worker.startedAt(), now));
    }
    return new Answer.Page(
        "Workers",
        Html.of(
            tag(
                "p",
                "A worker renews its lease after a third of it. When it is over, its jobs are given to"
                    + " others."),
            Panel.of("By number", table.orElse("None: 'touchstone queue work' starts one."))));
  }

  private static Html lease(WorkerView worker) {
    if (worker.lease().isNegative()) {
      return tag("span", "Over").styled("state bad");
    }
    return tag("span", Quantities.time(worker.lease()) + " of " + Quantities.time(worker.ttl()))
        .styled(worker.isLate() ? "state warn" : "state good");
  }
}
