/**
 * What is to be done, as an object: to be sent to its handler, undone and redone, or written down
 * before it happens.
 *
 * <p>Three parts that can be used alone. {@link dev.touchstone.patterns.command.CommandBus} brings a
 * {@link dev.touchstone.patterns.command.Command} to the one handler for its type. {@link
 * dev.touchstone.patterns.command.History} executes {@link dev.touchstone.patterns.command.Edit
 * edits} of an object and takes them back. {@link dev.touchstone.patterns.command.Journal} keeps
 * commands on disk, so that what was acknowledged survives the process.
 *
 * <p>Commands and edits are immutable, records as a rule: what an edit needs to be undone is not
 * remembered in it but returned by it.
 */
@NullMarked
package dev.touchstone.patterns.command;

import org.jspecify.annotations.NullMarked;
