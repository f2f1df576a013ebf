package dev.touchstone.examples.gateway.aggregate;

import java.util.List;
import java.util.Map;

/**
 * What an answer of a backend depends on.
 *
 * @param target the method, the URL of the backend and the template
 * @param values what the references of the template stand for
 * @param fields the fields that are sent on
 */
record CallKey(String target, List<String> values, Map<String, String> fields) {}
