/** Lists of JSON from an API over HTTP, as a source. */
@NullMarked
package dev.touchstone.plugins.http;

import org.jspecify.annotations.NullMarked;
