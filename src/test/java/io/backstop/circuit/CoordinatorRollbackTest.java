package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitRecord;
import io.backstop.action.CircuitState;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.serde.StateSerde;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams starts a task whose transaction failed again with the same processor object. */
class CoordinatorRollbackTest {
  private static final long NOW = 1_700_000_000_000L;

  private final Processor<String, SpecificRecord, String, SpecificRecord> coordinator =
      CircuitCoordinator.supplier(
              SampleRules.policies(),
              scope -> Optional.empty(),
              scope -> true,
              new CircuitCoordinator.Children("states", "results", "events"))
          .get();

  @Test
  void shouldDecideAnewWhatATransactionThatFailedHadDecided(@TempDir Path directory) {
    var failed = started(directory.resolve("failed"));
    fail("a", 1);
    fail("b", 1);
    coordinator.close();
    var again = started(directory.resolve("again"));
    fail("a", 2);
    fail("b", 2);

    assertThat(opened(failed)).as("in the transaction that failed").isEqualTo(1);
    assertThat(opened(again)).as("in the next one").isEqualTo(1);
  }

  private MockProcessorContext<String, SpecificRecord> started(Path directory) {
    var context =
        new MockProcessorContext<String, SpecificRecord>(
            new Properties(), new TaskId(0, 0), directory.toFile());
    context.setCurrentSystemTimeMs(NOW);
    var store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(StoreNames.CIRCUITS),
                Serdes.String(),
                new StateSerde<>(CircuitRecord.class))
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    coordinator.init(context);
    return context;
  }

  private void fail(String instance, long sequence) {
    var evidence =
        CircuitEvidence.newBuilder()
            .setFleetVersion(0)
            .setSlices(List.of())
            .setRecentFailures(List.of(NOW - 3, NOW - 2, NOW - 1))
            .setLocalState(CircuitState.OPEN)
            .build();
    var signal =
        FleetSignal.newBuilder()
            .setInstance(instance)
            .setScope("notion")
            .setSequence(sequence)
            .setSentAt(Instant.ofEpochMilli(NOW))
            .setCircuit(evidence)
            .build();
    coordinator.process(new Record<>("notion", signal, NOW));
  }

  private static long opened(MockProcessorContext<String, SpecificRecord> context) {
    return context.forwarded("states").stream()
        .map(captured -> ((FleetState) captured.record().value()).getCircuit())
        .filter(status -> status != null && status.getState() == CircuitState.OPEN)
        .count();
  }
}
