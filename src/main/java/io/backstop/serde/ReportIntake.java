package io.backstop.serde;

import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what tasks report to one that adds up. A report whose schema is not known yet waits in a
 * store, because each is told once; what is no report is dropped, with a line in the log.
 *
 * @param <T> the kind of report
 */
public final class ReportIntake<T extends SpecificRecord>
    implements Processor<byte[], byte[], String, T> {
  private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);
  private static final Duration PARKING_INTERVAL = Duration.ofMillis(20);

  /** What is larger is no report, and might not fit the changelog of what waits. */
  private static final int LARGEST = 512 * 1024;

  private final String awaitingSchema;
  private final WireDecoder<T> decoder;
  private final Function<T, String> key;
  private ProcessorContext<String, T> context;
  private SchemaParking parking;

  private ReportIntake(String awaitingSchema, WireDecoder<T> decoder, Function<T, String> key) {
    this.awaitingSchema = awaitingSchema;
    this.decoder = decoder;
    this.key = key;
  }

  /**
   * Its child is the one that adds up.
   *
   * @param awaitingSchema name of the store, which is the node's own
   * @param key under which a report goes to the child
   */
  public static <T extends SpecificRecord> ProcessorSupplier<byte[], byte[], String, T> supplier(
      String awaitingSchema, WireDecoder<T> decoder, Function<T, String> key) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], String, T> get() {
        return new ReportIntake<>(awaitingSchema, decoder, key);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(SchemaParking.store(awaitingSchema));
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, T> processorContext) {
    context = processorContext;
    parking = new SchemaParking(context.getStateStore(awaitingSchema), decoder);
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
      drop("it has %,d bytes".formatted(value.length));
      return;
    }
    Decoded<T> decoded = decoder.decode(value);
    if (decoded instanceof Decoded.Value<T> report) {
      context.forward(new Record<>(key.apply(report.value()), report.value(), now));
    } else if (decoded instanceof Decoded.SchemaUnknownYet<T> unknown) {
      parking.park(unknown.schemaId(), parked(value), now);
    } else if (decoded instanceof Decoded.Undecodable<T> undecodable) {
      drop(undecodable.reason());
    }
  }

  private void drop(String reason) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    LOG.warn("report dropped topic={} reason={}", topic, reason);
  }

  /** Its value is all that is needed of it. */
  private static OriginalRecord parked(byte[] value) {
    return new OriginalRecord("", -1, -1L, -1L, null, ByteBuffer.wrap(value), List.of());
  }
}
