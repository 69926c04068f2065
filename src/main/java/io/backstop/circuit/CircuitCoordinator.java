package io.backstop.circuit;

import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitRecord;
import io.backstop.action.Command;
import io.backstop.action.CommandAnswer;
import io.backstop.action.CommandStatus;
import io.backstop.action.FleetSignal;
import io.backstop.action.HealthProbe;
import io.backstop.action.SettingChanges;
import io.backstop.action.StoreNames;
import io.backstop.config.Policies;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Decides about every circuit of the fleet: takes the instances' signals and the operators'
 * commands, keeps each circuit's status in its store, and tells everybody what has changed, all in
 * one transaction. Stream thread only.
 */
public final class CircuitCoordinator
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  private static final Duration TICK = Duration.ofMillis(50);

  /**
   * Names of the nodes that its records go to.
   *
   * @param states takes {@code FleetState}, keyed by {@link io.backstop.action.FleetKey}
   * @param results takes {@code CommandResult}, keyed by the command's subject
   * @param events takes {@code ActionEvent}, keyed by scope
   * @param settingsChangedEvents whether it is told of changed settings too
   */
  public record Children(
      String states, String results, String events, boolean settingsChangedEvents) {

    /** With all events. */
    Children(String states, String results, String events) {
      this(states, results, events, true);
    }
  }

  private final Policies policies;
  private final Predicate<String> hasHealthCall;
  private final CircuitCommands commands;
  private final Children children;
  private final Map<String, KeptCircuit> circuits = new HashMap<>();
  private ProcessorContext<String, SpecificRecord> context;
  private CircuitStore store;
  private CircuitAnnouncements announcements;
  private boolean hasRead;

  private CircuitCoordinator(
      Policies policies,
      Predicate<String> hasHealthCall,
      Predicate<String> knownScope,
      Children children) {
    this.policies = policies;
    this.hasHealthCall = hasHealthCall;
    this.commands = new CircuitCommands(policies, knownScope);
    this.children = children;
  }

  /**
   * The node takes {@link FleetSignal} and {@link Command}; signals without evidence about a
   * circuit and commands whose name does not begin with {@code circuit.} are none of its business.
   *
   * @param healthProbes the health call of a scope, as given to {@link Circuits}
   * @param knownScope whether a scope is a service, or a target with settings of its own
   */
  public static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> supplier(
      Policies policies,
      Function<String, Optional<HealthProbe>> healthProbes,
      Predicate<String> knownScope,
      Children children) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, SpecificRecord, String, SpecificRecord> get() {
        return new CircuitCoordinator(
            policies, scope -> healthProbes.apply(scope).isPresent(), knownScope, children);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(CircuitStore.builder());
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> processorContext) {
    context = processorContext;
    // a task whose transaction failed starts again with the same object: only the store counts
    circuits.clear();
    hasRead = false;
    store = new CircuitStore(context.getStateStore(StoreNames.CIRCUITS));
    announcements = new CircuitAnnouncements(context, children);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> timePassed());
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    long now = context.currentSystemTimeMs();
    readStore(now);
    if (record.value() instanceof FleetSignal signal && signal.getCircuit() != null) {
      KeptCircuit circuit = circuit(signal.getScope(), now);
      announce(signal.getScope(), circuit, circuit.heard(signal, now), now);
    } else if (record.value() instanceof Command command && CircuitCommands.concerns(command)) {
      commanded(command, now);
    }
  }

  private void timePassed() {
    long now = context.currentSystemTimeMs();
    readStore(now);
    circuits.forEach(
        (scope, circuit) -> {
          announce(scope, circuit, circuit.timePassed(now), now);
          circuit
              .newStatistics(now)
              .ifPresent(statistics -> announcements.statistics(scope, statistics, now));
        });
  }

  /** Once, at the first chance after a start; what is read was published by an earlier owner. */
  private void readStore(long now) {
    if (!hasRead) {
      hasRead = true;
      store.forEach((scope, kept) -> circuits.put(scope, kept(scope, kept, now)));
    }
  }

  private KeptCircuit circuit(String scope, long now) {
    return circuits.computeIfAbsent(scope, s -> kept(s, KeptCircuit.first(now), now));
  }

  private KeptCircuit kept(String scope, CircuitRecord kept, long now) {
    return new KeptCircuit(kept, new CurrentRules(scope, policies, hasHealthCall), now);
  }

  private void announce(String scope, KeptCircuit circuit, List<CircuitEffect> effects, long now) {
    boolean newStatus = circuit.hasNewStatus();
    circuit.toStore().ifPresent(kept -> store.put(scope, kept));
    if (newStatus) {
      announcements.status(scope, circuit.status(), now);
      context.commit();
    }
    if (!effects.isEmpty()) {
      CallStatistics statistics = circuit.statistics(now);
      effects.forEach(
          effect -> announcements.event(scope, effect, circuit.status(), statistics, now));
    }
  }

  private void commanded(Command command, long now) {
    Optional<String> refusal = commands.refusal(command);
    if (refusal.isPresent()) {
      answer(command, CommandStatus.REFUSED, refusal.get(), 0, now);
      return;
    }
    KeptCircuit circuit = circuit(command.getSubject(), now);
    if (circuit.hasDone(command.getCommandId())) {
      answer(command, CommandStatus.DONE, "it was done before, under the same id", 0, now);
    } else if (CircuitCommands.isConfigure(command)) {
      configured(command, circuit, now);
    } else {
      operated(command, circuit, now);
    }
  }

  private void operated(Command command, KeptCircuit circuit, long now) {
    var effects = circuit.commanded(CircuitCommands.event(command).orElseThrow(), now);
    circuit.done(command.getCommandId());
    announce(command.getSubject(), circuit, effects, now);
    String state = "circuit " + command.getSubject() + " is " + circuit.status().getState();
    String message = effects.isEmpty() ? state + " already" : state + " now";
    answer(command, CommandStatus.DONE, message, effects.isEmpty() ? 0 : 1, now);
  }

  private void configured(Command command, KeptCircuit circuit, long now) {
    Map<String, String> merged = CircuitCommands.merged(circuit.settings(), command);
    Optional<String> problem = commands.problem(command, merged);
    if (problem.isPresent()) {
      answer(command, CommandStatus.REFUSED, problem.get(), 0, now);
      return;
    }
    String scope = command.getSubject();
    String what = CircuitCommands.whatChanges(command);
    SettingChanges changes = CircuitCommands.changes(merged, command, now);
    circuit.changeSettings(changes);
    circuit.done(command.getCommandId());
    announce(scope, circuit, List.of(), now);
    announcements.settings(scope, changes, now);
    announcements.settingsChanged(scope, command, what, now);
    context.commit();
    answer(command, CommandStatus.DONE, scope + ": " + what, command.getArguments().size(), now);
  }

  private void answer(
      Command command, CommandStatus status, String message, long affected, long now) {
    announcements.result(CommandAnswer.of(command, status, message, affected, now), now);
  }
}
