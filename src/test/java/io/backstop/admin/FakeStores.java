package io.backstop.admin;

import io.backstop.action.FinishedRequest;
import io.backstop.action.FleetState;
import io.backstop.config.Policies;
import io.backstop.desk.Resubmitting;
import io.backstop.runtime.Address;
import io.backstop.runtime.Placement;
import io.backstop.runtime.ReplayRules;
import io.backstop.runtime.Stores;
import io.backstop.runtime.StoresAwayException;
import io.backstop.testing.TestConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** An instance without Kafka: its partitions are what the test gives it. */
final class FakeStores implements Stores {
  final Map<Integer, Part> parts = new ConcurrentHashMap<>();
  final SortedMap<String, FleetState> fleet = new ConcurrentSkipListMap<>();
  final Address address;
  final Map<Integer, Map<String, FinishedRequest>> finished = new ConcurrentHashMap<>();
  volatile Placement placement;
  volatile String[] settings = {};
  volatile Resubmitting resubmitting =
      (letter, plan, operationId, desk, now) -> {
        throw new AssertionError("no preview expected");
      };

  FakeStores(Address address, Placement placement) {
    this.address = address;
    this.placement = placement;
  }

  @Override
  public String instance() {
    return "instance-at-" + address;
  }

  @Override
  public Optional<Address> address() {
    return Optional.of(address);
  }

  @Override
  public Placement desk() {
    return placement;
  }

  @Override
  public <T> T readDesk(int partition, Function<Part, T> reading) {
    Part part = parts.get(partition);
    if (part == null) {
      throw new StoresAwayException("its stores are being moved");
    }
    return reading.apply(part);
  }

  @Override
  public Placement requests() {
    return placement;
  }

  @Override
  public Map<String, FinishedRequest> finished(int partition, Collection<String> keys) {
    if (!parts.containsKey(partition)) {
      throw new StoresAwayException("its stores are being moved");
    }
    Map<String, FinishedRequest> found = new HashMap<>(finished.getOrDefault(partition, Map.of()));
    found.keySet().retainAll(keys);
    return found;
  }

  @Override
  public ReplayRules replays() {
    return new ReplayRules(resubmitting, new Policies(TestConfig.with(settings)));
  }

  @Override
  public SortedMap<String, FleetState> fleetStates() {
    return new TreeMap<>(fleet);
  }
}
