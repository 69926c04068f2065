package io.backstop.circuit;

import io.backstop.action.CallStatistics;
import io.backstop.action.CircuitRecord;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetSignal;
import io.backstop.action.SettingChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the coordinator holds of one scope: the circuit, the settings that commands have changed,
 * and the commands that were done. It knows what of it has not been stored yet. Stream thread only.
 */
final class KeptCircuit {
  /** Far more than arrive twice. */
  private static final int COMMANDS = 50;

  private static final long STATISTICS_MS = 1_000;

  private final FleetCircuit circuit;
  private final CurrentRules rules;
  private CircuitRecord stored;
  private SettingChanges settings;
  private List<String> commands;
  private CallStatistics told;
  private long statisticsAt;

  /**
   * @param stored what the store holds; for a new scope its first record
   */
  KeptCircuit(CircuitRecord stored, CurrentRules rules, long now) {
    this.circuit = new FleetCircuit(stored.getStatus(), now);
    this.rules = rules;
    this.stored = stored;
    this.settings = stored.getSettings();
    this.commands = stored.getCommands();
    this.statisticsAt = now + STATISTICS_MS;
  }

  static CircuitRecord first(long now) {
    return CircuitRecord.newBuilder().setStatus(Circuit.untouched(now)).build();
  }

  CircuitStatus status() {
    return circuit.status();
  }

  List<CircuitEffect> heard(FleetSignal signal, long now) {
    return circuit.heard(signal, rules.get(), now);
  }

  List<CircuitEffect> timePassed(long now) {
    return circuit.timePassed(rules.get(), now);
  }

  List<CircuitEffect> commanded(CircuitEvent.ByOperator command, long now) {
    return circuit.commanded(command, rules.get(), now);
  }

  CallStatistics statistics(long now) {
    return circuit.statistics(rules.get(), now);
  }

  /** The statistics, when they have changed; at most once a second. */
  Optional<CallStatistics> newStatistics(long now) {
    if (now < statisticsAt) {
      return Optional.empty();
    }
    statisticsAt = now + STATISTICS_MS;
    CallStatistics current = statistics(now);
    boolean changed = told == null ? current.getCalls() > 0 : !told.equals(current);
    told = changed ? current : told;
    return changed ? Optional.of(current) : Optional.empty();
  }

  Map<String, String> settings() {
    return settings == null ? Map.of() : settings.getSettings();
  }

  void changeSettings(SettingChanges changed) {
    settings = changed;
  }

  boolean hasDone(String command) {
    return commands.contains(command);
  }

  /** Remembers a command; one without an id cannot be known again. */
  void done(String command) {
    if (command.isEmpty()) {
      return;
    }
    List<String> all = new ArrayList<>(commands);
    all.add(command);
    commands = all.subList(Math.max(0, all.size() - COMMANDS), all.size());
  }

  /** Whether the status is another than the stored one. */
  boolean hasNewStatus() {
    return stored.getStatus() != status();
  }

  /** What is to be stored; empty when nothing has changed. */
  Optional<CircuitRecord> toStore() {
    boolean unchanged =
        !hasNewStatus() && stored.getSettings() == settings && stored.getCommands() == commands;
    if (unchanged) {
      return Optional.empty();
    }
    stored = new CircuitRecord(status(), settings, List.copyOf(commands));
    commands = stored.getCommands();
    return Optional.of(stored);
  }
}
