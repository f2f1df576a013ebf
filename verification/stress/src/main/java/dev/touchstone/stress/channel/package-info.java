/** Tests of the memory order of channels: what one thread may see of another's operations. */
@NullMarked
package dev.touchstone.stress.channel;

import org.jspecify.annotations.NullMarked;
