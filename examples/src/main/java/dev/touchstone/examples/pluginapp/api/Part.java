package dev.touchstone.examples.pluginapp.api;

import java.util.List;

/**
 * What recipes are put together from. Offered by a plugin as a service of its kind; safe for use by
 * several threads.
 */
public interface Part {

  /** Returns the word for it in a recipe, as {@code csv}. */
  String name();

  /** Returns in a sentence what it does. */
  String about();

  /**
   * Returns the names of its options. One that has {@code file} may be given a text instead of a
   * mapping, which is the file.
   */
  List<String> options();

  /**
   * Checks the options of an assignment without opening anything. By default their names only, which
   * the workbench has checked before.
   *
   * @throws dev.touchstone.examples.yaml.YamlException if they are not as they must be
   */
  default void check(Assignment assignment) {}
}
