/** What the lease of an extension rests on, which is not public: this package is that of the plugin host. */
@NullMarked
package dev.touchstone.patterns.plugin;

import org.jspecify.annotations.NullMarked;
