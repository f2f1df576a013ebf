package dev.touchstone.examples.pluginapp;

import dev.touchstone.patterns.plugin.PluginDescriptor;

/**
 * Something that a plugin offers.
 *
 * @param point the extension point, as {@code source}
 * @param name its name there
 * @param about what it does; blank if it does not say
 * @param plugin who offers it
 */
public record Contribution(String point, String name, String about, PluginDescriptor plugin) {

  @Override
  public String toString() {
    return point + " " + name;
  }
}
