package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void shouldBeTheSameForTheSameSeed() {
    assertThat(requests(5, 300)).isEqualTo(requests(5, 300)).isNotEqualTo(requests(6, 300));
  }

  @Test
  void shouldAskForTheSameUnderTheSameKeyAndRecordKey() {
    Map<String, List<Load.Item>> byKey =
        items(1, 2_000).stream()
            .filter(item -> item.request().isPresent())
            .collect(Collectors.groupingBy(item -> item.request().get().getIdempotencyKey()));

    assertThat(byKey.values()).anyMatch(same -> same.size() > 1);
    assertThat(byKey)
        .allSatisfy(
            (key, same) -> {
              assertThat(same).extracting(Load.Item::recordKey).containsOnly(key);
              assertThat(same.stream().map(item -> item.request().get().getPayload()).distinct())
                  .hasSize(1);
            });
  }

  @Test
  void shouldHoldPoisonAndGiveEachRecordAnIdOfItsOwn() {
    List<Load.Item> items = items(1, 2_000);

    assertThat(items).extracting(Load.Item::id).doesNotHaveDuplicates();
    assertThat(items.stream().filter(item -> item.request().isEmpty()).count())
        .isBetween(20L, 100L);
  }

  private static List<Object> requests(long seed, int count) {
    return items(seed, count).stream()
        .map(item -> item.request().map(Object::toString).orElse(List.of(item.poison()) + ""))
        .map(text -> (Object) text.replaceAll("\\[B@[0-9a-f]+", "bytes"))
        .toList();
  }

  private static List<Load.Item> items(long seed, int count) {
    Load load = new Load(seed);
    return IntStream.range(0, count).mapToObj(i -> load.next()).toList();
  }
}
