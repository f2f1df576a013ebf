package dev.touchstone.examples.pluginapp.console;

import static dev.touchstone.examples.web.Html.tag;

import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.pluginapp.api.WorkbenchEvent;
import dev.touchstone.examples.web.Html;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The last few things that happened, on top of pages. Safe for use by several threads. */
final class Notices {

  private static final int MOST = 3;

  private final ConcurrentLinkedDeque<String> latest = new ConcurrentLinkedDeque<>();

  Notices(Workbench workbench) {
    workbench
        .events()
        .on(WorkbenchEvent.Said.class, said -> add(said.plugin() + " says: " + said.text()));
  }

  void add(String notice) {
    latest.addFirst(notice);
    while (latest.size() > MOST) {
      latest.pollLast();
    }
  }

  Html html() {
    var list = tag("ul").styled("trail").with("aria-label", "What happened last");
    latest.forEach(notice -> list.add(tag("li", notice)));
    return latest.isEmpty() ? Html.none() : list;
  }
}
