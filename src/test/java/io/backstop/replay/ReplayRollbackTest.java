package io.backstop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitRecord;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.KeptOperation;
import io.backstop.action.StoreNames;
import io.backstop.executor.Targets;
import io.backstop.serde.StateSerde;
import java.nio.file.Path;
import java.util.List;
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
class ReplayRollbackTest {
  private final Processor<String, SpecificRecord, String, Object> coordinator =
      ReplayCoordinator.supplier(
              new ReplayCoordinator.Rules(Targets.load(), target -> target, 500),
              new ReplayCoordinator.Children("orders", "states", "results"))
          .get();

  @Test
  void shouldBeginAnewWhatATransactionThatFailedHadBegun(@TempDir Path directory) {
    var failed = started(directory.resolve("failed"));
    start();
    tick(failed);
    coordinator.close();
    var again = started(directory.resolve("again"));
    start();
    tick(again);

    for (var context : List.of(failed, again)) {
      assertThat(context.forwarded("orders")).hasSize(1);
      assertThat(context.forwarded("states")).hasSize(1);
      assertThat(context.forwarded("results"))
          .singleElement()
          .extracting(each -> ((CommandResult) each.record().value()).getStatus())
          .isEqualTo(CommandStatus.ACCEPTED);
    }
  }

  private void start() {
    Command command =
        Samples.command("op", "replay.start")
            .setSelection(Samples.selection(Samples.ids(0, 2)))
            .build();
    coordinator.process(new Record<>("", command, Samples.NOW));
  }

  private static void tick(MockProcessorContext<String, Object> context) {
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(Samples.NOW);
  }

  private MockProcessorContext<String, Object> started(Path directory) {
    var context =
        new MockProcessorContext<String, Object>(
            new Properties(), new TaskId(0, 0), directory.toFile());
    context.setCurrentSystemTimeMs(Samples.NOW);
    addStore(context, StoreNames.CIRCUITS, new StateSerde<>(CircuitRecord.class));
    addStore(context, StoreNames.OPERATIONS, new StateSerde<>(KeptOperation.class));
    coordinator.init(context);
    return context;
  }

  private static <T extends SpecificRecord> void addStore(
      MockProcessorContext<String, Object> context, String name, StateSerde<T> serde) {
    var store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), serde)
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }
}
