package io.backstop.executor.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriveIdsTest {
  private final DriveIds ids = new DriveIds();

  @Test
  void shouldKeepTheIdOfAKey() {
    String first = ids.keep("key", List.of("a", "b"));

    assertThat(ids.of("key")).contains(first);
  }

  @Test
  void shouldGiveEachKeyAnotherId() {
    String first = ids.keep("key", List.of("a", "b"));

    String second = ids.of("other").orElseThrow();

    assertThat(List.of(first, second)).containsExactlyInAnyOrder("a", "b");
    assertThat(ids.of("third")).isEmpty();
  }

  @Test
  void shouldNotGiveAReleasedIdAgain() {
    ids.keep("key", List.of("a"));

    ids.release("key");

    assertThat(ids.of("key")).isEmpty();
  }

  @Test
  void shouldHoldABoundedNumberOfIds() {
    for (int i = 0; i <= DriveIds.MAX_KEPT; i++) {
      ids.keep("key" + i, List.of("id" + i));
    }

    assertThat(ids.of("key0")).isEmpty();
    assertThat(ids.of("key1")).contains("id1");
  }

  @Test
  void shouldHoldABoundedNumberOfSpareIds() {
    List<String> generated =
        IntStream.range(0, 3 * DriveIds.MAX_SPARE).mapToObj(Integer::toString).toList();

    ids.keep("key", generated);

    assertThat(IntStream.range(0, generated.size()).filter(i -> ids.of("other" + i).isPresent()))
        .hasSize(DriveIds.MAX_SPARE - 1);
  }
}
