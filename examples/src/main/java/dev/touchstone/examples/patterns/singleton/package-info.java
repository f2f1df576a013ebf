/** One value, made once: the idioms of the language beside the classic class. See {@code docs/patterns/singleton.md}. */
@NullMarked
package dev.touchstone.examples.patterns.singleton;

import org.jspecify.annotations.NullMarked;
