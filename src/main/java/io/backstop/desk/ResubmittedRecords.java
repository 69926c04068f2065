package io.backstop.desk;

import io.backstop.action.FallbackRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Resubmission;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Makes the records that send requests in again: key and partition are those of the original. */
record ResubmittedRecords(RequestBytes bytes) {
  private static final String SOURCE = "replay";

  /** What Kafka's format puts around one record. */
  private static final int FRAME = 256;

  /** To where upstreams publish. */
  Resubmission toRequests(HeldRequest held, OriginalRecord original, Lineage lineage) {
    byte[] value =
        held.isChanged() || held.hop().isPresent()
            ? bytes.write(held.request())
            : RecordHeaders.bytes(original.getValue());
    return record(bytes.topics().requests(), original, value, lineage);
  }

  /** Straight to a target, as the only step. */
  Resubmission toStep(
      String target, HeldRequest held, OriginalRecord original, Lineage lineage, long now) {
    OriginalRecord first = held.hop().map(FallbackRequest::getOriginal).orElse(original);
    FallbackRequest hop =
        FallbackRequest.newBuilder()
            .setRequest(held.request())
            .setIdempotencyKey(
                held.hop()
                    .map(FallbackRequest::getIdempotencyKey)
                    .orElseGet(() -> IdempotencyKey.of(held.request())))
            // its key and headers stand on the record that goes in
            .setOriginal(with(first, inside(held, first), List.of()))
            .setSteps(List.of(target))
            .setPosition(0)
            .setSource(SOURCE)
            .setReceivedAt(Instant.ofEpochMilli(now))
            .build();
    return record(bytes.topics().ofStep(target), original, bytes.write(hop), lineage);
  }

  /** To the step on whose topic it stood. */
  Resubmission backToStep(HeldRequest held, OriginalRecord original, Lineage lineage) {
    FallbackRequest hop = held.hop().orElseThrow();
    OriginalRecord first = hop.getOriginal();
    if (!held.isChanged() && first.getHeaders().isEmpty()) {
      byte[] value = RecordHeaders.bytes(original.getValue());
      return record(original.getTopic(), original, value, lineage);
    }
    // headers inside are taken for those of the record
    List<RecordHeader> headers =
        first.getHeaders().isEmpty() ? List.of() : lineage.stamp(first.getHeaders());
    FallbackRequest stamped =
        FallbackRequest.newBuilder(hop)
            .setRequest(held.request())
            .setOriginal(
                OriginalRecord.newBuilder(first)
                    .setValue(held.isChanged() ? inside(held, first) : first.getValue())
                    .setHeaders(headers)
                    .build())
            .build();
    return record(original.getTopic(), original, bytes.write(stamped), lineage);
  }

  private ByteBuffer inside(HeldRequest held, OriginalRecord first) {
    boolean asItCame = !held.isChanged() && first.getValue() != null;
    return asItCame ? first.getValue() : ByteBuffer.wrap(bytes.write(held.request()));
  }

  private static OriginalRecord with(
      OriginalRecord first, ByteBuffer value, List<RecordHeader> headers) {
    return new OriginalRecord(
        first.getTopic(),
        first.getPartition(),
        first.getOffset(),
        first.getTimestamp(),
        null,
        value,
        headers);
  }

  /** One that its topic refused would fail the desk's transaction, again and again. */
  private Resubmission record(
      String topic, OriginalRecord original, byte[] value, Lineage lineage) {
    List<RecordHeader> headers = lineage.stamp(original.getHeaders());
    byte[] key = RecordHeaders.bytes(original.getKey());
    int size = FRAME + (key == null ? 0 : key.length) + value.length;
    size += headers.stream().mapToInt(RecordHeaders::size).sum();
    int most = bytes.topics().mostBytes(topic);
    if (size > most) {
      throw LeftAlone.invalid(
          "with the headers of its lineage it would have about %,d bytes, and %s takes %,d: send a"
                  .formatted(size, topic, most)
              + " smaller request instead, or raise backstop.intake.max-request-size");
    }
    return new Resubmission(topic, original.getPartition(), key, value, headers);
  }
}
