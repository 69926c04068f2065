package io.backstop.desk;

import io.backstop.action.DeskOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The operations that a task of the desk works on, by id. They are few. Stream thread only. */
final class DeskOperations {
  private final KeyValueStore<String, DeskOperation> store;
  private final TreeMap<String, DeskOperation> known = new TreeMap<>();
  private boolean recovered;
  private String served = "";

  DeskOperations(KeyValueStore<String, DeskOperation> store) {
    this.store = store;
  }

  Optional<DeskOperation> find(String id) {
    recover();
    return Optional.ofNullable(known.get(id));
  }

  void put(String id, DeskOperation operation) {
    recover();
    store.put(id, operation);
    known.put(id, operation);
  }

  void remove(String id) {
    recover();
    store.put(id, null);
    known.remove(id);
  }

  /** The one among those that have something to do whose turn it is. */
  Optional<String> next(Predicate<DeskOperation> hasWork) {
    recover();
    for (Map<String, DeskOperation> part :
        List.of(known.tailMap(served, false), known.headMap(served, true))) {
      for (Map.Entry<String, DeskOperation> each : part.entrySet()) {
        if (hasWork.test(each.getValue())) {
          served = each.getKey();
          return Optional.of(served);
        }
      }
    }
    return Optional.empty();
  }

  private void recover() {
    if (recovered) {
      return;
    }
    recovered = true;
    try (KeyValueIterator<String, DeskOperation> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, DeskOperation> next = all.next();
        known.put(next.key, next.value);
      }
    }
  }
}
