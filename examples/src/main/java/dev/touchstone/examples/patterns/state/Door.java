package dev.touchstone.examples.patterns.state;

/** States as a sealed type, each with the data that only it has; one switch is the whole table. */
sealed interface Door {

  record Open() implements Door {}

  record Closed() implements Door {}

  record Locked(String code) implements Door {}

  /** What can happen to a door. */
  sealed interface Event {

    record Push() implements Event {}

    record Pull() implements Event {}

    record Turn(String code) implements Event {}
  }

  private boolean opensWith(String code) {
    return this instanceof Locked(var own) && own.equals(code);
  }

  default Door on(Event event) {
    return switch (event) {
      case Event.Push push -> this instanceof Open ? new Closed() : this;
      case Event.Pull pull -> this instanceof Closed ? new Open() : this;
      case Event.Turn(var code) when this instanceof Closed -> new Locked(code);
      case Event.Turn(var code) -> opensWith(code) ? new Closed() : this;
    };
  }
}
