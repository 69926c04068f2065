package io.backstop.runtime;

import io.backstop.action.FinishedRequest;
import io.backstop.action.FleetState;
import java.util.Collection;
import java.util.Map;
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
   * Which instance has which partition of the requests, and with it what became of them.
   *
   * @throws StoresAwayException while this instance starts or stops
   */
  Placement requests();

  /**
   * What became of requests of a partition that this instance has.
   *
   * @param keys their idempotency keys
   * @return by key; without those that are not finished, or whose outcome is forgotten
   * @throws StoresAwayException as {@link #readDesk}
   */
  Map<String, FinishedRequest> finished(int partition, Collection<String> keys);

  /**
   * What a replay meets in this instance.
   *
   * @throws StoresAwayException while this instance starts
   */
  ReplayRules replays();

  /**
   * Everything that the fleet has decided, by record key.
   *
   * @throws StoresAwayException while this instance starts or stops
   */
  SortedMap<String, FleetState> fleetStates();
}
