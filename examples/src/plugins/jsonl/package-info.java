/** Files with an object of JSON in each line, as a source and as a sink. */
@NullMarked
package dev.touchstone.plugins.jsonl;

import org.jspecify.annotations.NullMarked;
