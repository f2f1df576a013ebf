/**
 * JSON behind a two-method interface.
 *
 * <p>Start with {@link dev.touchstone.apiclient.json.JsonCodec}. The client needs nothing else of a
 * JSON library, so that another one is an adapter away.
 *
 * <p>Codecs are safe for use by several threads.
 */
@NullMarked
package dev.touchstone.apiclient.json;

import org.jspecify.annotations.NullMarked;
