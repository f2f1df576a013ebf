/**
 * A client of container registries: lists, blobs and manifests, addressed by their content.
 *
 * <p>Start with {@link dev.touchstone.examples.clients.registry.Registry}. Its tests run against the
 * real server. Types are safe for use by several threads.
 */
@NullMarked
package dev.touchstone.examples.clients.registry;

import org.jspecify.annotations.NullMarked;
