/** What pages say of themselves for previews, as items of a crawl. */
@NullMarked
package dev.touchstone.plugins.opengraph;

import org.jspecify.annotations.NullMarked;
