/** Code that others add after the application was shipped. See {@code docs/patterns/plugin-architecture.md}. */
@NullMarked
package dev.touchstone.examples.patterns.plugin;

import org.jspecify.annotations.NullMarked;
