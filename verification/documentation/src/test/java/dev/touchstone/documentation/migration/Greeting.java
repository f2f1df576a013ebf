package dev.touchstone.documentation.migration;

import org.pf4j.ExtensionPoint;

/** What the plugins of the examples offer; an {@code ExtensionPoint} for PF4J only. */
public interface Greeting extends ExtensionPoint {

  /** Returns the greeting. */
  String greet(String name);
}
