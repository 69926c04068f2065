package io.backstop.execution;

import io.backstop.action.FallbackHop;
import io.backstop.action.FallbackRequest;
import io.backstop.action.InFlightWork;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Work;
import io.backstop.serde.KafkaHeaders;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The requests of one task that stand in the topic of a fallback step. Meanwhile their entry stays
 * in the in-flight store, so that duplicates are recognised and a hop that was not made by this
 * task is told from one that was. Stream thread only.
 */
final class Hops {
  private final InFlightStore inFlight;
  private final Predicate<String> counted;
  private long underway;

  /**
   * @param counted whether an idempotency key stands where the store was walked through already
   */
  Hops(InFlightStore inFlight, Predicate<String> counted) {
    this.inFlight = inFlight;
    this.counted = counted;
  }

  /** Counts one that an earlier owner of the task has sent. */
  void found() {
    underway++;
  }

  /** Whether no hop is underway; only known once the store was walked through. */
  boolean areNone() {
    return underway == 0;
  }

  /** Records that a request is about to be sent to the topic of its step. */
  void leave(Work work) {
    inFlight.putHopping(work);
    underway += counted.test(work.idempotencyKey()) ? 1 : 0;
  }

  /**
   * Whether a request is back from the hop that was expected. It does not stand in the store any
   * more then.
   */
  boolean arrived(Work work) {
    if (!work.cascade().hasBegun()) {
      return false;
    }
    InFlightWork stored = inFlight.get(work.idempotencyKey());
    if (!StoredCascades.isHopTo(stored, work.cascade(), work.original().getHeaders())) {
      return false;
    }
    inFlight.delete(work.idempotencyKey());
    underway -= counted.test(work.idempotencyKey()) ? 1 : 0;
    return true;
  }

  /**
   * A request as it stands in the topic of its step, with its key and the user's headers.
   *
   * @param partition that of the task
   */
  static Record<byte[], Object> record(Work work, int partition, long now) {
    OriginalRecord original = work.original();
    var coordinates =
        new OriginalRecord(
            original.getTopic(),
            original.getPartition(),
            original.getOffset(),
            original.getTimestamp(),
            null,
            null,
            List.of());
    var cascade = work.cascade();
    var parkedSince = cascade.parkedSince();
    var request =
        new FallbackRequest(
            work.request(),
            work.idempotencyKey(),
            coordinates,
            cascade.steps(),
            cascade.position(),
            cascade.source(),
            work.attempts(),
            Instant.ofEpochMilli(work.receivedAt()),
            cascade.parks(),
            parkedSince.isPresent() ? Instant.ofEpochMilli(parkedSince.getAsLong()) : null);
    return new Record<>(
        RecordHeaders.bytes(original.getKey()),
        new FallbackHop(original, request, partition),
        now,
        KafkaHeaders.of(original));
  }
}
