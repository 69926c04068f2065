package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Priority;
import io.backstop.action.StoreNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final long NOW = 1_772_000_000_000L;
  private final KeyValueStore<Bytes, String> store = emptyStore();

  @Test
  void shouldHandOutPlacesBehindThoseOfAnEarlierOwnerWithAFasterClock() {
    var earlier = new Backlog(store, 10, key -> true);
    long place = earlier.nextSequence("notion", NOW + 60_000);
    earlier.of("notion").add(Priority.LOW, place, "old");

    var later = new Backlog(store, 10, key -> true);

    assertThat(later.nextSequence("notion", NOW)).isGreaterThan(place);
  }

  @Test
  void shouldGiveAnInterruptedRequestAPlaceThatNobodyHolds() {
    var backlog = new Backlog(store, 10, key -> true);
    long taken = backlog.nextSequence("notion", NOW);
    backlog.of("notion").add(Priority.HIGH, taken, "waits");

    long place = backlog.placeOf("notion", Priority.HIGH, NOW, 0);

    assertThat(place).isNotEqualTo(taken);
    assertThat(backlog.holds("notion", Priority.HIGH, taken, "waits")).isTrue();
    assertThat(backlog.holds("notion", Priority.HIGH, taken, "another")).isFalse();
    assertThat(backlog.holds("notion", Priority.HIGH, place, "waits")).isFalse();
  }

  @Test
  void shouldTellThePlaceOfTheOldestAlsoWhereAllThatWasReadAheadIsFree() {
    var backlog = new Backlog(store, 10, key -> true);
    for (int place = 1; place <= 1_025; place++) {
      backlog.of("notion").add(Priority.HIGH, (NOW + place) << 20, "r-" + place);
    }
    assertThat(backlog.of("notion").isEmpty()).isFalse();

    for (int place = 1; place <= 1_024; place++) {
      backlog.free("notion", Priority.HIGH, (NOW + place) << 20);
    }

    assertThat(backlog.depths().values())
        .singleElement()
        .isEqualTo(new WaitingDepths.Depth(1, NOW + 1_025));
    assertThat(backlog.of("notion").take().idempotencyKey()).isEqualTo("r-1025");
    assertThat(backlog.of("notion").isEmpty()).isTrue();
  }

  @Test
  void shouldKeepServicesApart() {
    var backlog = new Backlog(store, 10, key -> true);
    backlog.of("notion").add(Priority.HIGH, 1, "n");

    assertThat(backlog.of("notion-2").isEmpty()).isTrue();
    assertThat(backlog.of("notion").take().idempotencyKey()).isEqualTo("n");
    assertThat(backlog.of("notion").isEmpty()).isTrue();
  }

  /**
   * Random additions, takings and restarts: within a priority first in, first out; nothing is lost
   * or handed out twice. More than a read-ahead is added at once, now and then.
   */
  @Property(tries = 200)
  void shouldHandOutEverythingOnceAndInOrder(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9) Integer> steps) {
    KeyValueStore<Bytes, String> shared = emptyStore();
    var backlog = new Backlog(shared, 3, key -> true);
    Map<Priority, List<String>> added = new HashMap<>();
    Map<Priority, List<String>> taken = new HashMap<>();
    int number = 0;

    for (int step : steps) {
      WaitingRequests waiting = backlog.of("trello");
      if (step < 6) {
        Priority priority = Priority.values()[step % 3];
        for (int i = step < 3 ? 1 : 300; i > 0; i--) {
          String key = priority + "-" + number++;
          waiting.add(priority, backlog.nextSequence("trello", NOW + number / 100), key);
          added.computeIfAbsent(priority, p -> new ArrayList<>()).add(key);
        }
      } else if (step < 9) {
        for (int i = step == 6 ? 1 : 150; i > 0 && !waiting.isEmpty(); i--) {
          take(waiting, taken);
        }
      } else {
        backlog = new Backlog(shared, 3, key -> true);
      }
    }
    while (!backlog.of("trello").isEmpty()) {
      take(backlog.of("trello"), taken);
    }

    assertThat(new TreeMap<>(taken)).isEqualTo(new TreeMap<>(added));
    try (var left = shared.all()) {
      assertThat(left.hasNext()).isFalse();
    }
  }

  private static void take(WaitingRequests waiting, Map<Priority, List<String>> taken) {
    String key = waiting.take().idempotencyKey();
    Priority priority = Priority.valueOf(key.substring(0, key.indexOf('-')));
    taken.computeIfAbsent(priority, p -> new ArrayList<>()).add(key);
  }

  private static KeyValueStore<Bytes, String> emptyStore() {
    KeyValueStore<Bytes, String> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(StoreNames.WAITING), Serdes.Bytes(), Serdes.String())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }
}
