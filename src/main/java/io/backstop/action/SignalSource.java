package io.backstop.action;

import java.util.List;

/** A part of the process that has something to tell the fleet's coordinators. Thread-safe. */
public interface SignalSource {

  /**
   * Takes what is to be sent now; most of the time nothing, and then it must cost nothing.
   *
   * @param now epoch milliseconds
   */
  List<FleetSignal> due(long now);

  /** The last words of an instance that stops. */
  List<FleetSignal> leaving(long now);
}
