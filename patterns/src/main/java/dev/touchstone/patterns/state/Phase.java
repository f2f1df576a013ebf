package dev.touchstone.patterns.state;

/** The parts of a transition, in their order. */
public enum Phase {

  /** It is asked which transition applies. */
  GUARD,

  /** The states that are left say goodbye, innermost first. */
  EXIT,

  /** The action of the transition is done. */
  ACTION,

  /** The states that are entered are set up, outermost first. */
  ENTER
}
