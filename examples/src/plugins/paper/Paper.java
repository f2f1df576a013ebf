package dev.touchstone.plugins.paper;

import dev.touchstone.examples.pluginapp.api.Theme;
import java.util.Map;

/** Warm paper by day, and a lamp at night. */
public final class Paper implements Theme {

  @Override
  public String name() {
    return "paper";
  }

  @Override
  public Map<Tone, Colour> colours() {
    return Map.of(
        Tone.GROUND, new Colour("#f6f0e2", "#1d1a15"),
        Tone.SURFACE, new Colour("#fdf9ee", "#25211b"),
        Tone.RAISED, new Colour("#efe7d4", "#322d25"),
        Tone.LINE, new Colour("#ddd2ba", "#413a30"),
        Tone.TEXT, new Colour("#2a2419", "#ede4d3"),
        Tone.MUTED, new Colour("#665c48", "#b3a78f"),
        Tone.LINK, new Colour("#8a3c12", "#eeaa7c"));
  }
}
