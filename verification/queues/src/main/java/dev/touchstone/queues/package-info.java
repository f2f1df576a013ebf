/** The task queue beside its peers: the same jobs, the same database, one after the other. */
package dev.touchstone.queues;
