/**
 * What operators of a queue ask and do, whether from a shell or from a page: searches, groups of
 * dead letters, actions on many jobs, and an examination of what may hold jobs up.
 */
@NullMarked
package dev.touchstone.examples.taskqueue.admin;

import org.jspecify.annotations.NullMarked;
