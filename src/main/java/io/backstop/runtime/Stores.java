package io.backstop.runtime;

import io.backstop.action.FleetState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What readers may know of the stores of one instance: its own parts of the desk, who has the
 * others, and its copy of what the fleet has decided. Thread-safe; no method waits for another
 * instance.
 */
public interface Stores {

  /** The stores of one task. To be used only while the reading that got it runs. */
  interface Part {
    <K, V> ReadOnlyKeyValueStore<K, V> store(String name);
  }

  /** The instance: one process from its start to its end. */
  String instance();

  /** Where it answers queries; empty when it does not. */
  Optional<Address> address();

  /**
   * Which instance has which partition of the desk, as this one knows. During a rebalance it may be
   * out of date or incomplete.
   *
   * @throws StoresAwayException while this instance starts or stops
   */
  Placement desk();

  /**
   * Reads this instance's part of the desk.
   *
   * @throws StoresAwayException when the partition is not here, still being restored, or taken away
   *     during the reading
   */
  <T> T readDesk(int partition, Function<Part, T> reading);

  /**
   * Everything that the fleet has decided, by record key.
   *
   * @throws StoresAwayException while this instance starts or stops
   */
  SortedMap<String, FleetState> fleetStates();
}
