package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.Cascade;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackRequest;
import io.backstop.action.InFlightWork;
import io.backstop.action.LetterLimits;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.action.RecordHeaders;
import io.backstop.action.StoreNames;
import io.backstop.action.Work;
import io.backstop.serde.Decoded;
import io.backstop.serde.ReadRecord;
import io.backstop.serde.SchemaParking;
import io.backstop.serde.WireDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Where requests come back in from the topics of fallback steps. What this task has sent there goes
 * straight on to its step; what somebody else has written is a request like any other, and passes
 * the idempotency check first. Nothing that can stand on these topics makes it throw.
 */
public final class FallbackArrival implements Processor<byte[], byte[], byte[], Object> {
  private static final Duration PARKING_INTERVAL = Duration.ofMillis(20);

  /**
   * Where records go.
   *
   * @param expected name of the node for requests that were sent by this task
   * @param foreign for those of others
   * @param failures for what is none
   */
  public record Children(String expected, String foreign, String failures) {}

  private final WireDecoder<FallbackRequest> decoder;
  private final WireDecoder<ActionRequest> requestDecoder;
  private final Children children;
  private ProcessorContext<byte[], Object> context;
  private SchemaParking parking;
  private InFlightStore inFlight;

  private FallbackArrival(
      WireDecoder<FallbackRequest> decoder,
      WireDecoder<ActionRequest> requestDecoder,
      Children children) {
    this.decoder = decoder;
    this.requestDecoder = requestDecoder;
    this.children = children;
  }

  /**
   * The node must be connected to the store {@link StoreNames#IN_FLIGHT}.
   *
   * @param requestDecoder reads what the in-flight store holds
   */
  public static ProcessorSupplier<byte[], byte[], byte[], Object> supplier(
      WireDecoder<FallbackRequest> decoder,
      WireDecoder<ActionRequest> requestDecoder,
      Children children) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], byte[], Object> get() {
        return new FallbackArrival(decoder, requestDecoder, children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(SchemaParking.store(StoreNames.FALLBACKS_AWAITING_SCHEMA));
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    inFlight = new InFlightStore(context.getStateStore(StoreNames.IN_FLIGHT), requestDecoder);
    parking =
        new SchemaParking(context.getStateStore(StoreNames.FALLBACKS_AWAITING_SCHEMA), decoder);
    context.schedule(
        PARKING_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        now -> parking.poll(now, read -> accept(read, now)));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    accept(ReadRecord.of(record, context.recordMetadata()), context.currentSystemTimeMs());
  }

  private void accept(OriginalRecord read, long now) {
    if (read.getValue() == null) {
      refuse(read, "value is null: a fallback request is a FallbackRequest record", now);
      return;
    }
    long size = read.getValue().remaining() + RecordHeaders.sizeAroundValue(read);
    if (size > LetterLimits.MOST_BYTES) {
      // the changelog of what waits for its schema might not take it, which would stop the task
      String reason = "record has %,d bytes: at most %,d are allowed";
      refuse(read, reason.formatted(size, LetterLimits.MOST_BYTES), now);
      return;
    }
    Decoded<FallbackRequest> decoded = decoder.decode(RecordHeaders.bytes(read.getValue()));
    if (decoded instanceof Decoded.Value<FallbackRequest> value) {
      acceptRequest(value.value(), read, now);
    } else if (decoded instanceof Decoded.Undecodable<FallbackRequest> undecodable) {
      refuse(read, undecodable.reason(), now);
    } else if (decoded instanceof Decoded.SchemaUnknownYet<FallbackRequest> unknown) {
      parking.park(unknown.schemaId(), read, now);
    }
  }

  private void acceptRequest(FallbackRequest fallback, OriginalRecord read, long now) {
    Optional<String> problem = FallbackProblems.of(fallback);
    if (problem.isPresent()) {
      refuse(read, problem.get(), now);
      return;
    }
    InFlightWork stored = inFlight.get(fallback.getIdempotencyKey());
    Cascade cascade = cascade(fallback);
    if (StoredCascades.isHopTo(stored, cascade, read.getHeaders())) {
      forward(work(fallback, stored.getOriginal(), cascade), now, children.expected());
    } else {
      acceptForeign(fallback, original(fallback, read), cascade, read, now);
    }
  }

  private void acceptForeign(
      FallbackRequest fallback,
      OriginalRecord original,
      Cascade cascade,
      OriginalRecord read,
      long now) {
    Optional<String> problem = FallbackProblems.ofForeign(fallback, original, now);
    if (problem.isPresent()) {
      refuse(read, problem.get(), now);
    } else {
      forward(work(fallback, original, cascade), now, children.foreign());
    }
  }

  private void forward(Work work, long now, String child) {
    byte[] key = RecordHeaders.bytes(work.original().getKey());
    context.forward(new Record<>(key, work, now), child);
  }

  private static Work work(FallbackRequest fallback, OriginalRecord original, Cascade cascade) {
    return new Work(
        fallback.getRequest(),
        fallback.getIdempotencyKey(),
        original,
        fallback.getReceivedAt().toEpochMilli(),
        fallback.getAttempts(),
        cascade);
  }

  private static Cascade cascade(FallbackRequest fallback) {
    return new Cascade(
        fallback.getSteps(),
        fallback.getPosition(),
        fallback.getSource(),
        fallback.getParks(),
        StoredCascades.millis(fallback.getParkedSince()));
  }

  /**
   * Key and headers that are left out of the original stand on the record that was read, and so
   * does its lineage where it is replayed: the original may be one that was read long ago.
   */
  private static OriginalRecord original(FallbackRequest fallback, OriginalRecord read) {
    OriginalRecord first = fallback.getOriginal();
    List<RecordHeader> headers =
        first.getHeaders().isEmpty()
            ? read.getHeaders()
            : Lineage.of(read.getHeaders())
                .map(lineage -> lineage.stamp(first.getHeaders()))
                .orElse(first.getHeaders());
    return OriginalRecord.newBuilder(first)
        .setKey(first.getKey() == null ? read.getKey() : first.getKey())
        .setHeaders(headers)
        .build();
  }

  private void refuse(OriginalRecord read, String reason, long now) {
    Failure failure = Failure.ofRecord(read, FailureClass.UNDECODABLE, reason);
    byte[] key = RecordHeaders.bytes(read.getKey());
    context.forward(new Record<>(key, failure, now), children.failures());
  }
}
