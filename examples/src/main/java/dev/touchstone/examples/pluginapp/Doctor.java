package dev.touchstone.examples.pluginapp;

import dev.touchstone.patterns.plugin.LoadReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Looks for what is wrong with the plugins of a home, and says what to do. */
public final class Doctor {

  private final Workbench workbench;

  /** Creates a doctor for a workbench that is loaded. */
  public Doctor(Workbench workbench) {
    this.workbench = workbench;
  }

  /**
   * Returns what is wrong; empty if nothing is.
   *
   * @param report what became of the jars when they were loaded
   */
  public List<String> findings(LoadReport report) {
    var findings = new ArrayList<String>();
    for (var entry : report.problems()) {
      findings.add(Problems.describe(entry));
    }
    addTwins(findings);
    addStopped(findings);
    return findings;
  }

  /** Of two that have one name only the first is ever used. */
  private void addTwins(List<String> findings) {
    var first = new HashMap<String, Contribution>();
    for (var contribution : workbench.contributions()) {
      var other = first.putIfAbsent(contribution.toString(), contribution);
      if (other != null) {
        findings.add("%s of %s is never used, because %s has one of this name; stop one of them"
            .formatted(contribution, contribution.plugin(), other.plugin()));
      }
    }
  }

  private void addStopped(List<String> findings) {
    var present = new HashSet<>(workbench.shippedIds());
    workbench.home().jars().forEach(jar -> JarFacts.id(jar).ifPresent(present::add));
    for (var id : workbench.home().stopped()) {
      if (!present.contains(id)) {
        findings.add(
            "%s is kept from starting, but there is no such plugin; remove the line from %s"
                .formatted(id, workbench.home().folder().resolve("stopped")));
      }
    }
  }
}
