package io.backstop.fleet;

import io.backstop.action.FleetSignal;
import io.backstop.serde.Decoded;
import io.backstop.serde.WireDecoder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads signals and hands each to the coordinator that it is for. One that cannot be read, or not
 * yet, is dropped: each signal says all that its instance knows, so the next one makes up for it.
 */
public final class SignalIntake implements Processor<byte[], byte[], String, SpecificRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(SignalIntake.class);

  /**
   * Where signals go, by what they are about.
   *
   * @param circuit name of the node for what is about circuits
   * @param rate for limits
   * @param cache for cached results
   * @param failures for what has failed lately
   */
  public record Children(String circuit, String rate, String cache, String failures) {}

  private final WireDecoder<FleetSignal> decoder;
  private final Children children;
  private ProcessorContext<String, SpecificRecord> context;

  private SignalIntake(WireDecoder<FleetSignal> decoder, Children children) {
    this.decoder = decoder;
    this.children = children;
  }

  public static ProcessorSupplier<byte[], byte[], String, SpecificRecord> supplier(
      WireDecoder<FleetSignal> decoder, Children children) {
    return () -> new SignalIntake(decoder, children);
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Decoded<FleetSignal> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Value<FleetSignal> value) {
      dispatch(value.value(), record.timestamp());
    } else if (decoded instanceof Decoded.SchemaUnknownYet<FleetSignal> unknown) {
      decoder.fetch(unknown.schemaId());
    } else if (decoded instanceof Decoded.Undecodable<FleetSignal> undecodable) {
      LOG.warn("signal dropped reason={}", undecodable.reason());
    }
  }

  private void dispatch(FleetSignal signal, long timestamp) {
    Record<String, SpecificRecord> onward = new Record<>(signal.getScope(), signal, timestamp);
    if (signal.getCircuit() != null) {
      context.forward(onward, children.circuit());
    }
    if (signal.getRate() != null) {
      context.forward(onward, children.rate());
    }
    if (signal.getCache() != null) {
      context.forward(onward, children.cache());
    }
    if (signal.getFailures() != null) {
      context.forward(onward, children.failures());
    }
  }
}
