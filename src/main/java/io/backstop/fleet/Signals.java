package io.backstop.fleet;

import io.backstop.action.FleetSignal;
import io.backstop.action.SignalSource;
import java.util.ArrayList;
import java.util.List;

/** What all parts of this process have to tell the coordinators. Thread-safe. */
public final class Signals {
  private final List<SignalSource> sources;

  public Signals(List<SignalSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Takes what is to be sent now; costs next to nothing when that is nothing.
   *
   * @param now epoch milliseconds
   */
  public List<FleetSignal> due(long now) {
    List<FleetSignal> due = List.of();
    for (SignalSource source : sources) {
      List<FleetSignal> more = source.due(now);
      if (!more.isEmpty()) {
        due = due.isEmpty() ? new ArrayList<>() : due;
        due.addAll(more);
      }
    }
    return due;
  }

  /** The last words of this process. */
  public List<FleetSignal> leaving(long now) {
    List<FleetSignal> words = new ArrayList<>();
    sources.forEach(source -> words.addAll(source.leaving(now)));
    return words;
  }
}
