package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.FallbackRequest;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PassedOver;
import io.backstop.action.RecordHeaders;
import io.backstop.serde.Decoded;
import io.backstop.serde.WireDecoder;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads the requests that originals hold, and writes them. Never waits. Thread-safe.
 *
 * @param writeRequest encodes for the topic of requests; throws where the registry has no schema
 * @param writeHop encodes for the topic of a step
 */
public record RequestBytes(
    RequestTopics topics,
    WireDecoder<ActionRequest> requests,
    WireDecoder<FallbackRequest> hops,
    Function<ActionRequest, byte[]> writeRequest,
    Function<FallbackRequest, byte[]> writeHop) {

  /**
   * @throws LeftAlone when it is not one today
   */
  HeldRequest read(OriginalRecord original) {
    byte[] value = RecordHeaders.bytes(original.getValue());
    if (original.getPartition() < 0) {
      throw new LeftAlone(PassedOver.NOWHERE, "the partition it came from is not known");
    } else if (topics.isOfRequests(original.getTopic())) {
      return new HeldRequest(read(requests, value), false, Optional.empty());
    } else if (topics.isOfStep(original.getTopic())) {
      FallbackRequest hop = read(hops, value);
      if (hop.getPosition() < 0 || hop.getPosition() >= hop.getSteps().size()) {
        throw LeftAlone.invalid("its position is that of no step: no replay can mend that");
      }
      return new HeldRequest(hop.getRequest(), false, Optional.of(hop));
    }
    throw new LeftAlone(
        PassedOver.NOWHERE,
        "it stood on %s, by which no request comes in: there is nothing to send in again"
            .formatted(original.getTopic().isEmpty() ? "no topic" : original.getTopic()));
  }

  private static <T extends SpecificRecord> T read(WireDecoder<T> decoder, byte[] value) {
    Decoded<T> decoded = decoder.decode(value);
    if (decoded instanceof Decoded.Value<T> read) {
      return read.value();
    } else if (decoded instanceof Decoded.SchemaUnknownYet<T> unknown) {
      // on a thread of the decoder's own, for whoever asks next
      decoder.fetch(unknown.schemaId());
      throw LeftAlone.invalid(
          "its schema (id %d) is not known here yet and is being fetched: try again in a moment"
              .formatted(unknown.schemaId()));
    }
    throw LeftAlone.invalid(((Decoded.Undecodable<T>) decoded).reason());
  }

  /**
   * @throws LeftAlone when it cannot be written
   */
  byte[] write(ActionRequest request) {
    return written(writeRequest, request);
  }

  /**
   * @throws LeftAlone when it cannot be written
   */
  byte[] write(FallbackRequest hop) {
    return written(writeHop, hop);
  }

  private static <T> byte[] written(Function<T, byte[]> writing, T value) {
    try {
      return writing.apply(value);
    } catch (RuntimeException e) {
      throw LeftAlone.invalid("it cannot be written anew: " + e.getMessage());
    }
  }
}
