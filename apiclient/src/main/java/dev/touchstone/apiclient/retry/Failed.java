package dev.touchstone.apiclient.retry;

import dev.touchstone.apiclient.ApiException;
import dev.touchstone.apiclient.Delivery;

/**
 * A failed attempt, as a {@link Classifier} sees it.
 *
 * @param method the method
 * @param idempotent whether sending the request twice has the effect of sending it once
 * @param replayable whether the request can be sent again: its body is replayable, or was not
 *     asked for yet, or there is none
 * @param delivery how far this attempt's request got
 * @param error the failure
 */
public record Failed(
    String method, boolean idempotent, boolean replayable, Delivery delivery, ApiException error) {}
