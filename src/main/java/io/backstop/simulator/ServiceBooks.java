package io.backstop.simulator;

import java.time.Clock;
import java.util.Optional;

/** What is set for one service, and what is written down of it. Thread-safe. */
final class ServiceBooks {
  private final EmulatedService service;
  private final Clock clock;
  private final ServiceCounters counters = new ServiceCounters();
  private volatile FaultPlan faults;

  /** Null while calls are not recorded. */
  private volatile CallLedger ledger;

  ServiceBooks(EmulatedService service, FaultPlan faults, Clock clock) {
    this.service = service;
    this.faults = faults;
    this.clock = clock;
  }

  EmulatedService service() {
    return service;
  }

  ServiceCounters counters() {
    return counters;
  }

  FaultPlan faults() {
    return faults;
  }

  void faults(FaultPlan newFaults) {
    this.faults = newFaults;
  }

  /** Records calls from now on, forgetting those recorded before. */
  void record(int capacity) {
    ledger = new CallLedger(capacity, clock);
  }

  void stopRecording() {
    ledger = null;
  }

  /** Empty while calls are not recorded. */
  Optional<CallLedger> ledger() {
    return Optional.ofNullable(ledger);
  }

  /** Forgets all but the faults and whether calls are recorded. */
  void reset() {
    counters.reset();
    ledger().ifPresent(recording -> record(recording.capacity()));
  }

  /** A call begins that may be recorded. */
  CallTrace trace() {
    CallLedger recording = ledger;
    return recording == null ? CallTrace.NONE : recording.arrived();
  }

  void answered(String endpoint, String answer, CallTrace trace) {
    counters.answered(endpoint, answer);
    trace.answered(answer);
  }

  /**
   * @param key of a call to an action endpoint, null where it has none
   */
  void countKey(String key) {
    if (key == null) {
      counters.noKey();
    } else {
      counters.key(KeyHash.of(key));
    }
  }

  /**
   * @param key of the call that changed something, null where it has none
   */
  void countEffect(String key) {
    if (key == null) {
      counters.effect();
    } else {
      counters.effect(KeyHash.of(key));
    }
  }
}
