package dev.touchstone.concurrency.channel;

/**
 * What a channel has done since it was made.
 *
 * <p>The figures are read one after another: while others use the channel they may not fit together.
 *
 * @param sent elements accepted
 * @param received elements taken by receivers
 * @param discarded accepted elements that nobody will receive: dropped by {@link
 *     Overflow#DROP_OLDEST} or discarded by {@link Channel#cancel}
 * @param blockedSends sends that found no space at once
 * @param blockedReceives receives that found no element at once
 */
public record ChannelStatistics(
    long sent, long received, long discarded, long blockedSends, long blockedReceives) {}
