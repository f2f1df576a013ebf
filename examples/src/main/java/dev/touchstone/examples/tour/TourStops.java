package dev.touchstone.examples.tour;

import dev.touchstone.examples.gateway.Gateway;
import dev.touchstone.examples.gateway.dashboard.Traffic;
import dev.touchstone.examples.pluginapp.Workbench;
import dev.touchstone.examples.taskqueue.store.JobStore;
import java.nio.file.Path;

/**
 * What is open at the end of a tour, to be looked at.
 *
 * @param crawl the home of the crawl
 * @param store the jobs
 * @param storeName what they are called
 * @param workbench the plugins
 * @param gateway the gateway
 * @param traffic what went through it
 */
public record TourStops(
    Path crawl,
    JobStore store,
    String storeName,
    Workbench workbench,
    Gateway gateway,
    Traffic traffic) {}
