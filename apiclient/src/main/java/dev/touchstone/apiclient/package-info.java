/**
 * A client for JSON APIs over HTTP.
 *
 * <p>Start with {@link dev.touchstone.apiclient.ApiClient}, which sends an {@link
 * dev.touchstone.apiclient.ApiRequest} and returns an {@link dev.touchstone.apiclient.ApiResponse},
 * or throws an {@link dev.touchstone.apiclient.ApiException}.
 *
 * <p>Requests, responses and policies are immutable values; the client is safe for use by several
 * threads. A client for one API is a class that has an {@code ApiClient}, not one that is one.
 */
@NullMarked
package dev.touchstone.apiclient;

import org.jspecify.annotations.NullMarked;
