package io.backstop.admin;

import io.backstop.action.FinishedRequest;
import io.backstop.action.FleetState;
import io.backstop.runtime.Address;
import io.backstop.runtime.Placement;
import io.backstop.runtime.ReplayRules;
import io.backstop.runtime.Stores;
import io.backstop.runtime.StoresAwayException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The stores of a processor that may still have to start: until then they are away. */
final class StoresWhenReady implements Stores {
  private final AtomicReference<Stores> ready = new AtomicReference<>();

  void set(Stores stores) {
    ready.set(stores);
  }

  private Stores get() {
    Stores stores = ready.get();
    if (stores == null) {
      throw new StoresAwayException("the instance starts");
    }
    return stores;
  }

  @Override
  public String instance() {
    return get().instance();
  }

  @Override
  public Optional<Address> address() {
    return get().address();
  }

  @Override
  public Placement desk() {
    return get().desk();
  }

  @Override
  public <T> T readDesk(int partition, Function<Part, T> reading) {
    return get().readDesk(partition, reading);
  }

  @Override
  public Placement requests() {
    return get().requests();
  }

  @Override
  public Map<String, FinishedRequest> finished(int partition, Collection<String> keys) {
    return get().finished(partition, keys);
  }

  @Override
  public ReplayRules replays() {
    return get().replays();
  }

  @Override
  public SortedMap<String, FleetState> fleetStates() {
    return get().fleetStates();
  }
}
