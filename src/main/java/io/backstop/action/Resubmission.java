package io.backstop.action;

import java.util.List;

/**
 * A record that sends a request in again.
 *
 * @param topic where to
 * @param partition of that topic: where the request was the first time, so that the same task has
 *     it
 * @param key may be null
 * @param headers with the lineage
 */
public record Resubmission(
    String topic, int partition, byte[] key, byte[] value, List<RecordHeader> headers) {}
