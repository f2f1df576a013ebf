package dev.touchstone.examples.taskqueue.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;

/** What may hold jobs up, and how the database is. */
final class HealthPage {

  private final QueueData data;

  HealthPage(QueueData data) {
    this.data = data;
  }

  Answer answer() {
    var examination = data.examination();
    var findings = tag("ul").styled("plain");
    examination
        .findings()
        .forEach(finding ->
            findings.add(tag("li", tag("span", "").styled("state warn"), Html.text(finding))));
    return new Answer.Page(
        "Health",
        Panel.row(
            Panel.of(
                Width.TWO_THIRDS,
                "What may hold jobs up",
                Html.none(),
                examination.findings().isEmpty() ? tag("p", "Nothing.").styled("empty") : findings),
            Panel.of(Width.THIRD, "The database", Html.none(), vitals())));
  }

  private Html vitals() {
    var examination = data.examination();
    var vitals = examination.vitals();
    var facts = tag("dl").styled("facts");
    Terms.fact(facts, "Answers in", Html.text(Quantities.time(vitals.answer())));
    Terms.fact(facts, "Commits in", Html.text(Terms.time(vitals.flush())));
    Terms.fact(
        facts,
        "Its clock is off by",
        Html.text(Quantities.time(examination.clockOffset().abs())));
    vitals
        .deadRows()
        .ifPresent(rows -> Terms.fact(facts, "Dead rows", Html.text(Quantities.count(rows))));
    vitals
        .oldestSnapshot()
        .ifPresent(age -> Terms.fact(
            facts,
            "Oldest snapshot",
            Html.text(Quantities.count(age, "transaction ago", "transactions ago"))));
    return facts;
  }
}
