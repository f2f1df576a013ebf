package dev.touchstone.examples.tour;

import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.nio.file.Path;

/**
 * What is open at the end of a tour, to be looked at.
 *
 * @param crawl the home of the crawl
 * @param store the jobs
 * @param storeFile where they are kept
 * @param workbench the plugins
 * @param recipes the folder of the recipe
 * @param gateway the gateway
 */
public record TourStops(
    Path crawl,
    JobStore store,
    Path storeFile,
    Workbench workbench,
    Path recipes,
    Gateway gateway) {}
