package io.backstop.fallback;

import io.backstop.action.ActionEvent;
import io.backstop.action.Command;
import io.backstop.action.CommandAnswer;
import io.backstop.action.CommandStatus;
import io.backstop.action.EventType;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.config.FallbackConfig;
import io.backstop.executor.Targets;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.time.Instant;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Sets and resets strategies by command, for the whole fleet, and remembers which are set. Stream
 * thread only.
 */
public final class StrategyKeeper
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  /** Names of the commands that it obeys; it leaves all others alone. */
  public static final String SET = "strategies.set";

  public static final String RESET = "strategies.reset";

  /**
   * Names of its children.
   *
   * @param states takes {@code FleetState}, keyed by {@link FleetKey}; null is a tombstone
   * @param results takes {@code CommandResult}, keyed by the command's subject
   * @param events takes {@code ActionEvent}, keyed by action
   * @param settingsChangedEvents whether it is told of changed strategies
   */
  public record Children(
      String states, String results, String events, boolean settingsChangedEvents) {}

  private final StrategyCheck check;
  private final Children children;
  private ProcessorContext<String, SpecificRecord> context;
  private KeyValueStore<String, FleetState> store;

  private StrategyKeeper(StrategyCheck check, Children children) {
    this.check = check;
    this.children = children;
  }

  public static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier(
      FallbackConfig config, Targets targets, Children children) {
    StrategyCheck check = new StrategyCheck(targets, new Conversions(config.targets()));
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new StrategyKeeper(check, children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            SmallStores.builder(
                StoreNames.STRATEGIES,
                Serdes.String(),
                StateSerde.ofTopicRecord(FleetState.class)));
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    store = context.getStateStore(StoreNames.STRATEGIES);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (record.value() instanceof Command command
        && (command.getName().equals(SET) || command.getName().equals(RESET))) {
      obey(command, context.currentSystemTimeMs());
    }
  }

  private void obey(Command command, long now) {
    String action = command.getSubject();
    StrategyOrder order = StrategyOrder.of(command, check);
    if (order instanceof StrategyOrder.Refused refused) {
      answer(command, CommandStatus.REFUSED, refused.reason(), 0, now);
    } else if (order instanceof StrategyOrder.Change change) {
      FleetState state =
          FleetState.newBuilder()
              .setWrittenAt(Instant.ofEpochMilli(now))
              .setStrategy(change.strategy())
              .setStrategySetBy(command.getActor())
              .build();
      change(command, state, "strategy: " + StrategyOrder.inWords(change.strategy()), now);
    } else if (store.get(action) == null) {
      answer(command, CommandStatus.DONE, action + ": it is as configured already", 0, now);
    } else {
      change(command, null, "strategy as configured", now);
    }
  }

  private void change(Command command, FleetState state, String what, long now) {
    String action = command.getSubject();
    store.put(action, state);
    forward(FleetKey.STRATEGY.of(action), state, now, children.states());
    answer(command, CommandStatus.DONE, action + ": " + what, 1, now);
    if (children.settingsChangedEvents()) {
      forward(action, event(command, what, now), now, children.events());
    }
    context.commit();
  }

  private static ActionEvent event(Command command, String what, long now) {
    return ActionEvent.newBuilder()
        .setType(EventType.SETTINGS_CHANGED)
        .setAt(Instant.ofEpochMilli(now))
        .setScope(command.getSubject())
        .setAction(command.getSubject())
        .setActor(command.getActor())
        .setReason(command.getReason() == null ? what : what + ": " + command.getReason())
        .build();
  }

  private void answer(
      Command command, CommandStatus status, String message, long affected, long now) {
    forward(
        command.getSubject(),
        CommandAnswer.of(command, status, message, affected, now),
        now,
        children.results());
  }

  private void forward(String key, SpecificRecord value, long now, String child) {
    context.forward(new Record<>(key, value, now), child);
  }
}
