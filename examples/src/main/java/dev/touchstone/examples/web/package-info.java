/**
 * The shell of the applications' dashboards: a web server on loopback, the look, and what keeps others
 * out.
 *
 * <p>Start with {@link dev.touchstone.examples.web.Site}: it says which pages there are, and {@link
 * dev.touchstone.examples.web.WebServer} serves it. A page is an {@link
 * dev.touchstone.examples.web.Html} that is made anew for each request; in a browser with scripts it
 * brings itself up to date, in one without it is reloaded.
 *
 * <p>All text that reaches a page goes through {@code Html}, and that escapes it: there is no way to
 * add markup as text. Pages have no inline scripts and styles, and the browser is told to run none.
 */
@NullMarked
package dev.touchstone.examples.web;

import org.jspecify.annotations.NullMarked;
