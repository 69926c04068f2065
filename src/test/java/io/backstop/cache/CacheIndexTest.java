package io.backstop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class CacheIndexTest {
  private static final long NOW = Samples.NOW;
  private static final CacheBounds BOUNDS = new CacheBounds(5, 100, 40, 1_000);

  private enum Kind {
    PUT,
    REMOVE,
    CLEAR_ACTION,
    CLEAR_ALL
  }

  /** A record as it comes: its clock may be ahead or behind. */
  private record Step(Kind kind, String action, int key, int size, int skew, int later) {
    String recordKey() {
      return switch (kind) {
        case PUT, REMOVE -> RecordKey.ofGiven(action, "k" + key);
        case CLEAR_ACTION -> RecordKey.ofMark(action);
        case CLEAR_ALL -> RecordKey.ALL;
      };
    }
  }

  @Test
  void shouldDropTheOldestFirst() {
    var index = new CacheIndex(new CacheBounds(2, 100, 40, 1_000));
    index.put("a:b new", 1, NOW, NOW);
    index.put("a:b old", 1, NOW - 10, NOW);

    List<String> gone = index.put("a:b newer", 1, NOW + 1, NOW + 1);

    assertThat(gone).containsExactly("a:b old");
    assertThat(index.held().oldest()).isEqualTo(OptionalLong.of(NOW));
    assertThat(index.held().byAction()).isEqualTo(Map.of("a:b", 2));
  }

  @Test
  void shouldLetNothingInThatWasStoredBeforeAMark() {
    var index = new CacheIndex(BOUNDS);
    index.put("a:b 1", 1, NOW, NOW);
    index.put("c:d 1", 1, NOW, NOW);

    List<String> cleared = index.clear("* a:b", NOW + 5, NOW + 5);
    List<String> late = index.put("a:b 2", 1, NOW + 5, NOW + 6);
    List<String> after = index.put("a:b 3", 1, NOW + 6, NOW + 6);

    assertThat(cleared).containsExactly("a:b 1");
    assertThat(late).containsExactly("a:b 2");
    assertThat(after).isEmpty();
    assertThat(index.contains("c:d 1")).isTrue();
  }

  @Test
  void shouldForgetAMarkWhenAllThatItMakesVoidIsTooOld() {
    var index = new CacheIndex(BOUNDS);
    index.clear("*", NOW, NOW);

    List<String> gone = index.put("a:b 1", 1, NOW + 1_000, NOW + 1_000);

    assertThat(gone).containsExactly("*");
  }

  @Property(tries = 1_000)
  void shouldHoldWhatTheNaiveModelHolds(@ForAll("steps") List<Step> steps) {
    var index = new CacheIndex(BOUNDS);
    var twin = new CacheIndex(BOUNDS);
    var model = new Model();
    Set<String> store = new HashSet<>();
    long now = NOW;

    for (Step step : steps) {
      now += step.later();
      List<String> gone = apply(index, step, now);
      keep(store, step, gone);
      model.apply(step, now);

      assertThat(apply(twin, step, now)).isEqualTo(gone);
      assertThat(store).isEqualTo(model.keys());
      assertThat(index.held()).isEqualTo(twin.held()).isEqualTo(model.held());
      assertThat(index.held().entries()).isLessThanOrEqualTo(BOUNDS.entries());
      assertThat(index.held().bytes()).isLessThanOrEqualTo(BOUNDS.bytes());
    }
  }

  private static List<String> apply(CacheIndex index, Step step, long now) {
    long storedAt = now + step.skew();
    return switch (step.kind()) {
      case PUT -> index.put(step.recordKey(), step.size(), storedAt, now);
      case REMOVE -> {
        index.remove(step.recordKey());
        yield List.of(step.recordKey());
      }
      case CLEAR_ACTION, CLEAR_ALL -> index.clear(step.recordKey(), storedAt, now);
    };
  }

  private static void keep(Set<String> store, Step step, List<String> gone) {
    store.add(step.recordKey());
    gone.forEach(store::remove);
  }

  @Provide
  private Arbitrary<List<Step>> steps() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.frequency(
                    Tuple.of(20, Kind.PUT),
                    Tuple.of(3, Kind.REMOVE),
                    Tuple.of(1, Kind.CLEAR_ACTION),
                    Tuple.of(1, Kind.CLEAR_ALL)),
                Arbitraries.of("a:b", "c:d"),
                Arbitraries.integers().between(0, 9),
                Arbitraries.integers().between(1, 45),
                Arbitraries.integers().between(-200, 200),
                Arbitraries.integers().between(0, 300))
            .as(Step::new);
    return step.list().ofMaxSize(60);
  }

  /** The same by lists that are gone through from end to end. */
  private static final class Model {
    private record Item(String key, int size, long storedAt) {}

    private final List<Item> items = new ArrayList<>();
    private final Map<String, Long> marks = new HashMap<>();

    void apply(Step step, long now) {
      String key = step.recordKey();
      long storedAt = now + step.skew();
      items.removeIf(item -> item.key().equals(key));
      switch (step.kind()) {
        case PUT -> {
          boolean isVoid =
              storedAt <= marks.getOrDefault("*", -1L)
                  || storedAt <= marks.getOrDefault("* " + step.action(), -1L);
          if (!isVoid && step.size() <= BOUNDS.entryBytes()) {
            items.add(new Item(key, step.size(), storedAt));
          }
        }
        case CLEAR_ACTION -> {
          items.removeIf(item -> item.key().startsWith(step.action() + " "));
          marks.put(key, storedAt);
        }
        case CLEAR_ALL -> {
          items.clear();
          marks.put(key, storedAt);
        }
        default -> {}
      }
      if (step.kind() != Kind.REMOVE) {
        items.removeIf(item -> item.storedAt() + BOUNDS.retentionMs() <= now);
        marks.values().removeIf(at -> at + BOUNDS.retentionMs() <= now);
      }
      items.sort(Comparator.comparingLong(Item::storedAt).thenComparing(Item::key));
      while (items.size() > BOUNDS.entries() || bytes() > BOUNDS.bytes()) {
        items.remove(0);
      }
    }

    Set<String> keys() {
      Set<String> keys = new HashSet<>(marks.keySet());
      items.forEach(item -> keys.add(item.key()));
      return keys;
    }

    Held held() {
      Map<String, Integer> byAction = new HashMap<>();
      items.forEach(item -> byAction.merge(RecordKey.scope(item.key()), 1, Integer::sum));
      OptionalLong oldest = items.stream().mapToLong(Item::storedAt).min();
      return new Held(items.size(), bytes(), oldest, byAction);
    }

    private long bytes() {
      return items.stream().mapToLong(Item::size).sum();
    }
  }
}
