package io.backstop.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the blows that fell and those that came to nothing. Thread-safe. */
final class BlowTally {
  private final Map<String, Integer> done = new TreeMap<>();
  private final List<String> skipped = new ArrayList<>();

  synchronized void fell(Blow blow) {
    done.merge(Blow.kind(blow.getClass()), 1, Integer::sum);
  }

  synchronized void skipped(Blow blow, String why) {
    skipped.add(blow + ": " + why);
  }

  synchronized Toll toll() {
    return new Toll(new TreeMap<>(done), List.copyOf(skipped));
  }
}
