package dev.touchstone.examples.tour;

import dev.touchstone.examples.taskqueue.JobKind;
import java.util.List;

/**
 * The job that has a plugin make a page of the answers, once all are there.
 *
 * @param site the address of the first page
 * @param minerals what the crawl found
 */
@JobKind("tour.report")
record WriteReport(String site, List<String> minerals) {}
