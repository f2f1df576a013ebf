package dev.touchstone.examples.patterns.state;

/** The classic form: a class for each state, and a context that delegates to the present one. */
final class ClassicPlayer {

  /** What the player does in a state. */
  interface State {
    State press(ClassicPlayer player);
  }

  /** Silent until the button is pressed. */
  static final class Silent implements State {
    @Override
    public State press(ClassicPlayer player) {
      player.started++;
      return new Playing();
    }
  }

  /** Playing until the button is pressed. */
  static final class Playing implements State {
    @Override
    public State press(ClassicPlayer player) {
      return new Silent();
    }
  }

  private State state = new Silent();
  private int started;

  void press() {
    state = state.press(this);
  }

  int started() {
    return started;
  }

  boolean isPlaying() {
    return state instanceof Playing;
  }
}
