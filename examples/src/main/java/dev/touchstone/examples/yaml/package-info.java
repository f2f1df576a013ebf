/**
 * Configuration files in YAML, for people: whatever is wrong with one, the message says in which file,
 * line and column, what was expected, what was found, and which valid name is nearest.
 *
 * <p>Start with {@link dev.touchstone.examples.yaml.YamlFile}.
 */
@NullMarked
package dev.touchstone.examples.yaml;

import org.jspecify.annotations.NullMarked;
