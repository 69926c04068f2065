package io.backstop.statistics;

import io.backstop.action.FallbackReport;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import io.backstop.action.StoreNames;
import io.backstop.serde.Decoded;
import io.backstop.serde.SchemaParking;
import io.backstop.serde.WireDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tasks' reports for the fallback-ledger. One whose schema is not known yet waits in a
 * store, because each report is told once; what is no report is dropped, with a line in the log.
 */
public final class ReportIntake implements Processor<byte[], byte[], String, FallbackReport> {
  private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);
  private static final Duration PARKING_INTERVAL = Duration.ofMillis(20);

  /** What is larger is no report, and might not fit the changelog of what waits. */
  private static final int LARGEST = 512 * 1024;

  private final WireDecoder<FallbackReport> decoder;
  private ProcessorContext<String, FallbackReport> context;
  private SchemaParking parking;

  private ReportIntake(WireDecoder<FallbackReport> decoder) {
    this.decoder = decoder;
  }

  /** Its child is the ledger. */
  public static ProcessorSupplier<byte[], byte[], String, FallbackReport> supplier(
      WireDecoder<FallbackReport> decoder) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], String, FallbackReport> get() {
        return new ReportIntake(decoder);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(SchemaParking.store(StoreNames.FALLBACK_REPORTS_AWAITING_SCHEMA));
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, FallbackReport> processorContext) {
    context = processorContext;
    String store = StoreNames.FALLBACK_REPORTS_AWAITING_SCHEMA;
    parking = new SchemaParking(context.getStateStore(store), decoder);
    context.schedule(
        PARKING_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        now ->
            parking.poll(now, original -> accept(RecordHeaders.bytes(original.getValue()), now)));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    accept(record.value(), context.currentSystemTimeMs());
  }

  private void accept(byte[] value, long now) {
    if (value != null && value.length > LARGEST) {
      LOG.warn("fallback report dropped reason=it has {} bytes", value.length);
      return;
    }
    Decoded<FallbackReport> decoded = decoder.decode(value);
    if (decoded instanceof Decoded.Value<FallbackReport> report) {
      context.forward(new Record<>(report.value().getTask(), report.value(), now));
    } else if (decoded instanceof Decoded.SchemaUnknownYet<FallbackReport> unknown) {
      parking.park(unknown.schemaId(), parked(value), now);
    } else if (decoded instanceof Decoded.Undecodable<FallbackReport> undecodable) {
      LOG.warn("fallback report dropped reason={}", undecodable.reason());
    }
  }

  /** Its value is all that is needed of it. */
  private static OriginalRecord parked(byte[] value) {
    return new OriginalRecord("", -1, -1L, -1L, null, ByteBuffer.wrap(value), List.of());
  }
}
