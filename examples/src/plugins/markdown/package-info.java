/** Tables in Markdown, as an output of a crawl. */
@NullMarked
package dev.touchstone.plugins.markdown;

import org.jspecify.annotations.NullMarked;
