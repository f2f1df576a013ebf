package dev.touchstone.examples.gateway.dashboard;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.web.Answer;
import dev.touchstone.examples.web.Html;
import dev.touchstone.examples.web.Meter;
import dev.touchstone.examples.web.Panel;
import dev.touchstone.examples.web.Panel.Width;
import dev.touchstone.examples.web.Quantities;
import dev.touchstone.examples.web.WebRequest;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What somebody should look at, and how the process is. */
final class HealthPage {

  private final GatewayData data;

  HealthPage(GatewayData data) {
    this.data = data;
  }

  Answer show(WebRequest request) {
    return new Answer.Page(
        "Health",
        Panel.row(
            Panel.of(Width.FULL, "What to look at", Html.none(), findings()),
            Panel.of(Width.HALF, "The gateway", Html.none(), gateway()),
            Panel.of(Width.HALF, "The process", Html.none(), process())));
  }

  private Html findings() {
    var findings = Findings.of(data);
    if (findings.isEmpty()) {
      return tag("p", "Nothing.").styled("empty");
    }
    var list = tag("ul").styled("trail");
    findings.forEach(finding -> list.add(tag("li", tag("span", finding).styled("warn"))));
    return list;
  }

  private Html gateway() {
    var gateway = data.gateway();
    var facts = tag("dl").styled("facts");
    Terms.fact(
        facts,
        "Requests are",
        gateway.isReady()
            ? tag("span", "welcome").styled("state good")
            : tag("span", "refused").styled("state bad"));
    Terms.fact(facts, "Serves at", gateway.uri().toString());
    Terms.fact(facts, "Administration", gateway.adminUri().map(Object::toString).orElse("nowhere"));
    Terms.fact(
        facts,
        "Definition",
        Quantities.count(data.routes().size(), "route", "routes") + ", "
            + Quantities.count(gateway.backends().size(), "backend", "backends"));
    var cache = gateway.cache();
    var most = gateway.plan().definition().cacheBytes();
    Terms.fact(
        facts,
        "Cache",
        Html.of(
            Meter.of("Cache", cache.bytes(), most),
            Html.text(" " + Quantities.size(cache.bytes()) + " of " + Quantities.size(most) + ", "
                + Quantities.count(cache.entries(), "answer", "answers"))));
    return facts;
  }

  private static Html process() {
    var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    var runtime = ManagementFactory.getRuntimeMXBean();
    var facts = tag("dl").styled("facts");
    Terms.fact(facts, "Runs for", Quantities.time(Duration.ofMillis(runtime.getUptime())));
    Terms.fact(facts, "Process", Long.toString(runtime.getPid()));
    Terms.fact(facts, "Java", Runtime.version().toString());
    Terms.fact(
        facts,
        "Memory",
        Html.of(
            Meter.of("Memory", memory.getUsed(), memory.getMax()),
            Html.text(" " + Quantities.size(memory.getUsed()) + " of "
                + Quantities.size(memory.getMax()))));
    Terms.fact(
        facts,
        "Threads",
        Quantities.count(ManagementFactory.getThreadMXBean().getThreadCount())
            + ", besides one for each request");
    Terms.fact(facts, "Processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return facts;
  }
}
