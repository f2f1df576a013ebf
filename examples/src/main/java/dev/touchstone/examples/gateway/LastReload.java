package dev.touchstone.examples.gateway;

import static java.util.Objects.requireNonNullElseGet;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it went when a gateway was last told to read its definition again.
 *
 * @param at when
 * @param changes what is different since, in lines; none if it failed
 * @param error why the definition before goes on; empty if it does not
 */
public record LastReload(Instant at, List<String> changes, Optional<String> error) {

  /** Copies the list. */
  public LastReload {
    changes = List.copyOf(changes);
  }

  static LastReload done(List<String> changes) {
    return new LastReload(Instant.now(), changes, Optional.empty());
  }

  static LastReload failed(Exception reason) {
    return new LastReload(Instant.now(), List.of(), Optional.of(inWords(reason)));
  }

  /* The message of an IOException may be no more than the name of the file. */
  static String inWords(Exception reason) {
    var message = requireNonNullElseGet(reason.getMessage(), reason::toString);
    return reason instanceof IOException ? "cannot be read: " + message : message;
  }
}
