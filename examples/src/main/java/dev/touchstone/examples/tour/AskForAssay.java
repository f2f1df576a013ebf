package dev.touchstone.examples.tour;

import dev.touchstone.examples.taskqueue.JobKind;

/**
 * The job that asks the API about a mineral.
 *
 * @param site the address of the first page
 * @param mineral its name as a segment of a path
 */
@JobKind("tour.assay")
record AskForAssay(String site, String mineral) {}
