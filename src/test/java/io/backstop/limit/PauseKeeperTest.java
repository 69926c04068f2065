package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionRequest;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.FleetState;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.StoreNames;
import io.backstop.action.TargetPause;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.executor.Targets;
import io.backstop.serde.StateSerde;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PauseKeeperTest {
  private static final String PAGE = "notion:createPage";
  private static final long NOW = 1_772_000_000_000L;

  private record Named(String name) implements ActionExecutor {
    @Override
    public Target target() {
      return new Target(name, PayloadFamily.TASK);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private final KeyValueStore<String, FleetState> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore(StoreNames.PAUSES),
              Serdes.String(),
              StateSerde.ofTopicRecord(FleetState.class))
          .withLoggingDisabled()
          .build();
  private final PausedTargets instance = new PausedTargets();
  private MockProcessorContext<String, SpecificRecord> context;
  private Processor<String, SpecificRecord, String, SpecificRecord> keeper;

  @BeforeEach
  void start() {
    own(PAGE, "slack:post");
  }

  @Test
  void shouldPauseATargetForTheWholeFleet() {
    obey("targets.pause", PAGE, Map.of());

    Record<String, SpecificRecord> told = last("states");
    assertThat(told.key()).isEqualTo("pause:" + PAGE);
    assertThat(((FleetState) told.value()).getPause())
        .isEqualTo(new TargetPause(PAGE, Instant.ofEpochMilli(NOW), "ann", "maintenance"));
    assertThat(answer().getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer().getAffected()).isEqualTo(1);
    assertThat(((ActionEvent) last("events").value()).getReason())
        .isEqualTo("paused: its work waits until it is resumed: maintenance");
    assertThat(instance.isPaused(PAGE)).isTrue();
    assertThat(instance.isPaused("slack:post")).isFalse();
  }

  @Test
  void shouldChangeNothingWhereItIsPausedAlready() {
    obey("targets.pause", PAGE, Map.of());

    obey("targets.pause", PAGE, Map.of());

    assertThat(answer().getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer().getAffected()).isZero();
    assertThat(answer().getMessage()).contains("paused already, by ann");
    assertThat(context.forwarded("states")).hasSize(1);
  }

  @Test
  void shouldResumeATarget() {
    obey("targets.pause", PAGE, Map.of());

    obey("targets.resume", PAGE, Map.of());

    assertThat(last("states").value()).isNull();
    assertThat(answer().getAffected()).isEqualTo(1);
    assertThat(instance.isPaused(PAGE)).isFalse();
    obey("targets.resume", PAGE, Map.of());
    assertThat(answer().getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(answer().getAffected()).isZero();
  }

  @Test
  void shouldRefuseTargetsThatAreNotKnown() {
    for (String name : List.of("targets.pause", "targets.resume")) {
      obey(name, "notion:creatPage", Map.of());

      assertThat(answer().getStatus()).isEqualTo(CommandStatus.REFUSED);
      assertThat(answer().getMessage())
          .isEqualTo("there is no target 'notion:creatPage': did you mean notion:createPage?");
    }
    obey("targets.pause", "", Map.of());
    assertThat(answer().getMessage()).startsWith("no target is named");
    obey("targets.pause", "something:else", Map.of());
    assertThat(answer().getMessage()).endsWith("known are notion:createPage, slack:post");
    assertThat(context.forwarded("states")).isEmpty();
  }

  @Test
  void shouldRefuseArguments() {
    obey("targets.pause", PAGE, Map.of("for", "1h"));

    assertThat(answer().getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(answer().getMessage()).isEqualTo("targets.pause takes no arguments");
  }

  @Test
  void shouldResumeATargetThatIsNotThereAnyMore() {
    obey("targets.pause", PAGE, Map.of());

    own("slack:post");
    obey("targets.resume", PAGE, Map.of());

    assertThat(answer().getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(store.get(PAGE)).isNull();
  }

  @Test
  void shouldLeaveOtherCommandsAlone() {
    obey("strategies.set", PAGE, Map.of());

    assertThat(context.forwarded()).isEmpty();
  }

  /** A new owner of the task, of a version with these targets. */
  private void own(String... targets) {
    context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(NOW);
    context.addStateStore(store);
    if (!store.isOpen()) {
      store.init(context.getStateStoreContext(), store);
    }
    Targets known = Targets.of(List.of(targets).stream().map(Named::new).toList());
    keeper =
        PauseKeeper.supplier(known, new PauseKeeper.Children("states", "results", "events", true))
            .get();
    keeper.init(context);
  }

  private void obey(String name, String target, Map<String, String> arguments) {
    Command command =
        Command.newBuilder()
            .setCommandId("c")
            .setName(name)
            .setSubject(target)
            .setActor("ann")
            .setReason("maintenance")
            .setIssuedAt(Instant.ofEpochMilli(NOW))
            .setArguments(arguments)
            .build();
    int before = context.forwarded("states").size();
    keeper.process(new Record<>(target, command, NOW));
    if (context.forwarded("states").size() > before) {
      instance.changed(target, (FleetState) last("states").value());
    }
  }

  private CommandResult answer() {
    return (CommandResult) last("results").value();
  }

  private Record<String, SpecificRecord> last(String child) {
    var all = context.forwarded(child);
    var record = all.get(all.size() - 1).record();
    return new Record<>(record.key(), record.value(), record.timestamp());
  }
}
