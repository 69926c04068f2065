package io.backstop.limit;

import io.backstop.action.ActionEvent;
import io.backstop.action.Command;
import io.backstop.action.CommandAnswer;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.EventType;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.StoreNames;
import io.backstop.action.TargetPause;
import io.backstop.config.NearestName;
import io.backstop.executor.Targets;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.time.Instant;
import java.util.Optional;
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
 * Pauses targets by command, for the whole fleet, and remembers which are paused. Stream thread
 * only.
 */
public final class PauseKeeper
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  /** Names of the commands that it obeys; it leaves all others alone. */
  public static final String PAUSE = "targets.pause";

  public static final String RESUME = "targets.resume";

  /**
   * Names of its children.
   *
   * @param states takes {@code FleetState}, keyed by {@link FleetKey}; null is a tombstone
   * @param results takes {@code CommandResult}, keyed by the command's subject
   * @param events takes {@code ActionEvent}, keyed by target
   * @param settingsChangedEvents whether it is told of pauses
   */
  public record Children(
      String states, String results, String events, boolean settingsChangedEvents) {}

  private final Targets targets;
  private final Children children;
  private ProcessorContext<String, SpecificRecord> context;
  private KeyValueStore<String, FleetState> store;

  private PauseKeeper(Targets targets, Children children) {
    this.targets = targets;
    this.children = children;
  }

  public static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier(
      Targets targets, Children children) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new PauseKeeper(targets, children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            SmallStores.builder(
                StoreNames.PAUSES, Serdes.String(), StateSerde.ofTopicRecord(FleetState.class)));
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    store = context.getStateStore(StoreNames.PAUSES);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    if (record.value() instanceof Command command) {
      long now = context.currentSystemTimeMs();
      if (command.getName().equals(PAUSE)) {
        pause(command, now);
      } else if (command.getName().equals(RESUME)) {
        resume(command, now);
      }
    }
  }

  private void pause(Command command, long now) {
    String target = command.getSubject();
    Optional<String> problem = problem(command);
    FleetState paused = store.get(target);
    if (problem.isPresent()) {
      answer(command, CommandStatus.REFUSED, problem.get(), 0, now);
    } else if (paused != null) {
      TargetPause pause = paused.getPause();
      String since = ": it is paused already, by %s since %s";
      String said = target + since.formatted(pause.getActor(), pause.getSince());
      answer(command, CommandStatus.DONE, said, 0, now);
    } else {
      change(command, paused(command, now), "paused: its work waits until it is resumed", now);
    }
  }

  private void resume(Command command, long now) {
    String target = command.getSubject();
    // one that this version does not know any more, too
    boolean isPaused = store.get(target) != null;
    Optional<String> problem = isPaused ? arguments(command) : problem(command);
    if (problem.isPresent()) {
      answer(command, CommandStatus.REFUSED, problem.get(), 0, now);
    } else if (isPaused) {
      change(command, null, "resumed: what waits for it goes on", now);
    } else {
      answer(command, CommandStatus.DONE, target + ": it is not paused", 0, now);
    }
  }

  private Optional<String> problem(Command command) {
    String target = command.getSubject();
    if (target.isEmpty()) {
      return Optional.of("no target is named: give one as the command's subject");
    }
    if (targets.names().contains(target)) {
      return arguments(command);
    }
    String hint =
        NearestName.of(target, targets.names())
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("known are " + String.join(", ", targets.names()));
    return Optional.of("there is no target '%s': %s".formatted(target, hint));
  }

  private static Optional<String> arguments(Command command) {
    return command.getArguments().isEmpty()
        ? Optional.empty()
        : Optional.of(command.getName() + " takes no arguments");
  }

  private static FleetState paused(Command command, long now) {
    return FleetState.newBuilder()
        .setWrittenAt(Instant.ofEpochMilli(now))
        .setPause(
            TargetPause.newBuilder()
                .setTarget(command.getSubject())
                .setSince(Instant.ofEpochMilli(now))
                .setActor(command.getActor())
                .setReason(command.getReason())
                .build())
        .build();
  }

  private void change(Command command, FleetState state, String what, long now) {
    String target = command.getSubject();
    store.put(target, state);
    forward(FleetKey.PAUSE.of(target), state, now, children.states());
    answer(command, CommandStatus.DONE, target + ": " + what, 1, now);
    if (children.settingsChangedEvents()) {
      forward(target, event(command, what, now), now, children.events());
    }
    // an operator waits for it
    context.commit();
  }

  private static ActionEvent event(Command command, String what, long now) {
    return ActionEvent.newBuilder()
        .setType(EventType.SETTINGS_CHANGED)
        .setAt(Instant.ofEpochMilli(now))
        .setScope(command.getSubject())
        .setTarget(command.getSubject())
        .setActor(command.getActor())
        .setReason(command.getReason() == null ? what : what + ": " + command.getReason())
        .build();
  }

  private void answer(
      Command command, CommandStatus status, String message, long affected, long now) {
    CommandResult result = CommandAnswer.of(command, status, message, affected, now);
    forward(command.getSubject(), result, now, children.results());
  }

  private void forward(String key, SpecificRecord value, long now, String child) {
    context.forward(new Record<>(key, value, now), child);
  }
}
