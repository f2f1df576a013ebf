package dev.touchstone.patterns.command;

/**
 * What happened in a {@link History}.
 *
 * @param kind the kind of change
 * @param label the label of the edit or transaction; empty where there is none
 */
public record Change(Kind kind, String label) {

  /** The kind of a change. */
  public enum Kind {

    /** An edit or a transaction was executed and is a new entry. */
    EXECUTED,

    /** An edit was executed and became one entry with the one before. */
    MERGED,

    /** An entry was undone. */
    UNDONE,

    /** An entry was redone. */
    REDONE,

    /** The present position was marked as clean. */
    MARKED_CLEAN,

    /** All entries were dropped. */
    RESET
  }
}
