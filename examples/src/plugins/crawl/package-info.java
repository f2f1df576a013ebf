/** What a crawl keeps in its database, as a source. */
@NullMarked
package dev.touchstone.plugins.crawl;

import org.jspecify.annotations.NullMarked;
