package io.backstop.replay;

import io.backstop.action.DeskReport;
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
 * Reads the desks' reports for the replay-coordinator. One whose schema is not known yet waits in a
 * store, because each report is told once; what is no report is dropped, with a line in the log.
 */
public final class DeskReportIntake implements Processor<byte[], byte[], String, DeskReport> {
  private static final Logger LOG = LoggerFactory.getLogger(DeskReportIntake.class);
  private static final Duration PARKING_INTERVAL = Duration.ofMillis(20);

  /** What is larger is no report, and might not fit the changelog of what waits. */
  private static final int LARGEST = 512 * 1024;

  private final WireDecoder<DeskReport> decoder;
  private ProcessorContext<String, DeskReport> context;
  private SchemaParking parking;

  private DeskReportIntake(WireDecoder<DeskReport> decoder) {
    this.decoder = decoder;
  }

  /** Its child is the coordinator. */
  public static ProcessorSupplier<byte[], byte[], String, DeskReport> supplier(
      WireDecoder<DeskReport> decoder) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], String, DeskReport> get() {
        return new DeskReportIntake(decoder);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(SchemaParking.store(StoreNames.DESK_REPORTS_AWAITING_SCHEMA));
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, DeskReport> processorContext) {
    context = processorContext;
    String store = StoreNames.DESK_REPORTS_AWAITING_SCHEMA;
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
      LOG.warn("desk report dropped reason=it has {} bytes", value.length);
      return;
    }
    Decoded<DeskReport> decoded = decoder.decode(value);
    if (decoded instanceof Decoded.Value<DeskReport> report) {
      context.forward(new Record<>(report.value().getOperationId(), report.value(), now));
    } else if (decoded instanceof Decoded.SchemaUnknownYet<DeskReport> unknown) {
      parking.park(unknown.schemaId(), parked(value), now);
    } else if (decoded instanceof Decoded.Undecodable<DeskReport> undecodable) {
      LOG.warn("desk report dropped reason={}", undecodable.reason());
    }
  }

  /** Its value is all that is needed of it. */
  private static OriginalRecord parked(byte[] value) {
    return new OriginalRecord("", -1, -1L, -1L, null, ByteBuffer.wrap(value), List.of());
  }
}
