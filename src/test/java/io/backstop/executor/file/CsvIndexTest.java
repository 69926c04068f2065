package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CsvIndexTest {

  @Property(tries = 200)
  void shouldFindWhatAMapFinds(
      @ForAll @Size(max = 2000) List<@IntRange(min = -500, max = 500) Integer> keys) {
    CsvIndex index = new CsvIndex();
    Map<KeyDigest, Integer> map = new HashMap<>();
    int line = 1;

    for (int key : keys) {
      // lows that collide in their last bits
      KeyDigest digest = new KeyDigest(key, (long) key << 20);
      index.put(digest, ++line);
      map.putIfAbsent(digest, line);
    }

    map.forEach((key, first) -> assertThat(index.find(key)).hasValue(first));
    assertThat(index.size()).isEqualTo(map.size());
    assertThat(index.find(new KeyDigest(501, 501L << 20))).isEmpty();
  }

  @Test
  void shouldGrowBeyondAHundredThousandKeys() {
    CsvIndex index = new CsvIndex();

    for (int key = 0; key < 150_000; key++) {
      index.put(KeyDigest.of("key-" + key), key + 2);
    }

    assertThat(index.size()).isEqualTo(150_000);
    assertThat(index.find(KeyDigest.of("key-0"))).isEqualTo(OptionalInt.of(2));
    assertThat(index.find(KeyDigest.of("key-149999"))).isEqualTo(OptionalInt.of(150_001));
    assertThat(index.find(KeyDigest.of("key-150000"))).isEmpty();
  }
}
