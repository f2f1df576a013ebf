package dev.touchstone.patterns.plugin;

import java.util.List;
import java.util.Map;

/**
 * Which plugins are to be started.
 *
 * @param order the chosen ones, those that others need first, ties by id
 * @param bindings for each chosen one the plugins that it gets classes from, in the order of its
 *     descriptor
 * @param rejected why each other candidate was not chosen
 */
record Resolution(
    List<PluginDescriptor> order,
    Map<PluginDescriptor, List<PluginDescriptor>> bindings,
    Map<PluginDescriptor, Reason> rejected) {}
