package io.backstop.torture;

import io.backstop.torture.Disturbance.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was done in a run, and when. Thread-safe. */
final class Journal {
  private final InstantSource clock;
  private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
  private final List<Violation> seen = new CopyOnWriteArrayList<>();

  Journal(InstantSource clock) {
    this.clock = clock;
  }

  long now() {
    return clock.millis();
  }

  void happened(Kind kind, int processor) {
    lasted(kind, processor, now());
  }

  /** From then until now. */
  void lasted(Kind kind, int processor, long fromMs) {
    disturbances.add(new Disturbance(kind, processor, fromMs, now()));
  }

  /** Something that must never be. */
  void saw(Violation violation) {
    seen.add(violation);
  }

  List<Disturbance> disturbances() {
    return List.copyOf(disturbances);
  }

  List<Violation> seen() {
    return List.copyOf(seen);
  }
}
