package dev.touchstone.patterns.plugin;

/**
 * A plugin and where it is in its life; also the event that says that it has come there.
 *
 * @param plugin what it says about itself
 * @param state its state
 */
public record PluginStatus(PluginDescriptor plugin, PluginState state) {}
