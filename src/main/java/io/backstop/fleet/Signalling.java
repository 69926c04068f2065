package io.backstop.fleet;

import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitState;
import io.backstop.action.FleetSignal;
import io.backstop.action.TerminalOutcome;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends this process's signals to the coordinators. It hangs behind the execution so that every
 * task that makes calls can send them; it takes no records.
 */
public final class Signalling implements Processor<byte[], TerminalOutcome, String, FleetSignal> {
  private static final Duration EVERY = Duration.ofMillis(10);

  private final Signals signals;
  private ProcessorContext<String, FleetSignal> context;

  private Signalling(Signals signals) {
    this.signals = signals;
  }

  public static ProcessorSupplier<byte[], TerminalOutcome, String, FleetSignal> supplier(
      Signals signals) {
    return () -> new Signalling(signals);
  }

  @Override
  public void init(ProcessorContext<String, FleetSignal> processorContext) {
    context = processorContext;
    context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, this::send);
  }

  @Override
  public void process(Record<byte[], TerminalOutcome> record) {
    throw new IllegalStateException("no record is sent here");
  }

  private void send(long now) {
    boolean urgent = false;
    for (FleetSignal signal : signals.due(now)) {
      context.forward(new Record<>(signal.getScope(), signal, now));
      urgent |= isUrgent(signal);
    }
    if (urgent) {
      // visible to the coordinator now, not at the end of the commit interval
      context.commit();
    }
  }

  private static boolean isUrgent(FleetSignal signal) {
    CircuitEvidence circuit = signal.getCircuit();
    boolean circuitActs =
        circuit != null
            && (circuit.getLocalState() == CircuitState.OPEN
                || circuit.getDemand()
                || !circuit.getProbes().isEmpty());
    return circuitActs || signal.getRate() != null || signal.getLeaving();
  }
}
