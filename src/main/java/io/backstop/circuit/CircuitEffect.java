package io.backstop.circuit;

import io.backstop.action.CircuitStatus;
import io.backstop.action.ProbePermit;

/** What an event has brought about, for those who tell others. */
sealed interface CircuitEffect {

  /** The circuit went from one state to the next, or was started afresh in the same. */
  record StateChanged(CircuitStatus before, CircuitStatus after) implements CircuitEffect {}

  /** An instance may make one probe. */
  record PermitGranted(ProbePermit permit) implements CircuitEffect {}

  /** An instance was listed as one that has stopped on its own. */
  record InstanceIsolated(String instance) implements CircuitEffect {}

  /** It was taken off that list. */
  record InstanceRejoined(String instance) implements CircuitEffect {}
}
