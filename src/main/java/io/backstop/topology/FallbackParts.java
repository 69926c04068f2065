package io.backstop.topology;

import io.backstop.action.FallbackRequest;
import io.backstop.serde.WireDecoder;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the ways to the fallback steps and back are put together from.
 *
 * @param steps names of the steps that have a topic
 * @param hops thread-safe
 */
record FallbackParts(
    List<String> steps, Serializer<FallbackRequest> hops, WireDecoder<FallbackRequest> decoder) {}
