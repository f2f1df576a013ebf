package dev.touchstone.examples.pluginapp.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.regex.Pattern;

/** An extension point: colours of the console. */
public interface Theme {

  /** Returns the name that the console is told. */
  String name();

  /** Returns the colours that differ from the usual ones. */
  Map<Tone, Colour> colours();

  /** What has a colour. */
  enum Tone {
    /** The page. */
    GROUND,
    /** What lies on it. */
    SURFACE,
    /** What is set off from that. */
    RAISED,
    /** Lines. */
    LINE,
    /** Text. */
    TEXT,
    /** Text of less weight. */
    MUTED,
    /** Links. */
    LINK
  }

  /**
   * A colour.
   *
   * @param light on a light screen, as {@code #1a56b0}
   * @param dark on a dark screen
   */
  record Colour(String light, String dark) {

    private static final Pattern HEX = Pattern.compile("#[0-9a-f]{6}");

    /**
     * Checks the form, which keeps a theme from bringing anything but colours.
     *
     * @throws IllegalArgumentException if one is not of that form
     */
    public Colour {
      check(light, "light");
      check(dark, "dark");
    }

    private static void check(String colour, String name) {
      if (!HEX.matcher(requireNonNull(colour, name)).matches()) {
        throw new IllegalArgumentException(name + " must look like #1a56b0, was " + colour);
      }
    }
  }
}
