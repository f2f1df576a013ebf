package dev.touchstone.concurrency.channel;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a send to a closed channel, and by a receive from a closed channel without elements.
 *
 * <p>The cause is the one given to {@link Channel#close(Throwable)} or {@link Channel#cancel}; there
 * is none after a plain {@link Channel#close()}, which for receivers is the normal end. Each call
 * throws an exception of its own, so its stack trace shows the call.
 */
public final class ChannelClosedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChannelClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
