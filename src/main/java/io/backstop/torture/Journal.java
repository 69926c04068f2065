package io.backstop.torture;

import io.backstop.torture.Disturbance.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was done in a run, and when. Thread-safe. */
final class Journal {
  private final InstantSource clock;
  private final List<Disturbance> disturbances = new CopyOnWriteArrayList<>();
  private final List<String> gaveUp = new CopyOnWriteArrayList<>();

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

  void gaveUp(String what) {
    gaveUp.add(what);
  }

  List<Disturbance> disturbances() {
    return List.copyOf(disturbances);
  }

  List<String> gaveUp() {
    return new ArrayList<>(gaveUp);
  }
}
