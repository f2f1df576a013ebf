package dev.touchstone.concurrency.channel;

import org.jspecify.annotations.Nullable;

/** How a channel ended: what its callers are told. */
sealed interface Ending {

  /** No more elements are accepted, those in the channel can be received. */
  record Closed(@Nullable Throwable cause) implements Ending {}

  /** No more elements are accepted, those in the channel are discarded. */
  record Cancelled(Throwable cause) implements Ending {}

  /** Returns an exception for one caller. */
  default ChannelClosedException toException() {
    return switch (this) {
      case Closed(var cause)
      when cause == null -> new ChannelClosedException("the channel is closed", null);
      case Closed(var cause) ->
        new ChannelClosedException("the channel is closed: " + cause, cause);
      case Cancelled(var cause) ->
        new ChannelClosedException("the channel was cancelled: " + cause, cause);
    };
  }
}
