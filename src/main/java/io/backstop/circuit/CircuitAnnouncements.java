package io.backstop.circuit;

import io.backstop.action.ActionEvent;
import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitStatus;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.EventType;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.SettingChanges;
import io.backstop.circuit.CircuitEffect.InstanceIsolated;
import io.backstop.circuit.CircuitEffect.InstanceRejoined;
import io.backstop.circuit.CircuitEffect.StateChanged;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends what the coordinator has decided to where it is read. Stream thread only. */
final class CircuitAnnouncements {
  private final ProcessorContext<String, SpecificRecord> context;
  private final CircuitCoordinator.Children children;

  CircuitAnnouncements(
      ProcessorContext<String, SpecificRecord> context, CircuitCoordinator.Children children) {
    this.context = context;
    this.children = children;
  }

  void status(String scope, CircuitStatus status, long now) {
    state(FleetKey.CIRCUIT.of(scope), state(now).setCircuit(status).build(), now);
  }

  void statistics(String scope, CallStatistics statistics, long now) {
    state(FleetKey.STATISTICS.of(scope), state(now).setStatistics(statistics).build(), now);
  }

  void settings(String scope, SettingChanges settings, long now) {
    state(FleetKey.SETTINGS.of(scope), state(now).setSettings(settings).build(), now);
  }

  /** Tells of what has happened to a circuit; a granted permit is no news to others. */
  void event(
      String scope, CircuitEffect effect, CircuitStatus status, CallStatistics calls, long now) {
    if (effect instanceof StateChanged changed) {
      CircuitStatus after = changed.after();
      event(
          scope,
          event(type(after), scope, after, calls, now)
              .setPreviousState(changed.before().getState())
              .setActor(after.getActor())
              .setReason(after.getReason()));
    } else if (effect instanceof InstanceIsolated isolated) {
      event(
          scope,
          event(EventType.INSTANCE_ISOLATED, scope, status, calls, now)
              .setInstance(isolated.instance())
              .setReason("it stopped calling on its own evidence; the other instances go on"));
    } else if (effect instanceof InstanceRejoined rejoined) {
      event(
          scope,
          event(EventType.INSTANCE_REJOINED, scope, status, calls, now)
              .setInstance(rejoined.instance())
              .setReason("it calls again, or is gone"));
    }
  }

  void settingsChanged(String scope, Command command, String what, long now) {
    if (!children.settingsChangedEvents()) {
      return;
    }
    event(
        scope,
        ActionEvent.newBuilder()
            .setType(EventType.SETTINGS_CHANGED)
            .setAt(Instant.ofEpochMilli(now))
            .setScope(scope)
            .setActor(command.getActor())
            .setReason(command.getReason() == null ? what : what + ": " + command.getReason()));
  }

  void result(CommandResult result, long now) {
    context.forward(new Record<>(result.getSubject(), result, now), children.results());
  }

  private static ActionEvent.Builder event(
      EventType type, String scope, CircuitStatus status, CallStatistics calls, long now) {
    return ActionEvent.newBuilder()
        .setType(type)
        .setAt(Instant.ofEpochMilli(now))
        .setScope(scope)
        .setCircuit(status)
        .setStatistics(calls);
  }

  private void event(String scope, ActionEvent.Builder event) {
    ActionEvent built = event.build();
    context.forward(new Record<>(scope, built, built.getAt().toEpochMilli()), children.events());
  }

  private static EventType type(CircuitStatus entered) {
    return switch (entered.getState()) {
      case CLOSED -> EventType.CIRCUIT_CLOSED;
      case OPEN -> EventType.CIRCUIT_OPENED;
      case HALF_OPEN -> EventType.CIRCUIT_HALF_OPEN;
      case FORCED_OPEN -> EventType.CIRCUIT_FORCED_OPEN;
      case DISABLED -> EventType.CIRCUIT_DISABLED;
      case UNKNOWN -> EventType.UNKNOWN;
    };
  }

  private static FleetState.Builder state(long now) {
    return FleetState.newBuilder().setWrittenAt(Instant.ofEpochMilli(now));
  }

  private void state(String key, FleetState state, long now) {
    context.forward(new Record<>(key, state, now), children.states());
  }
}
