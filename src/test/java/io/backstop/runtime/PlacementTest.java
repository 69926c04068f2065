package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Address OTHER = new Address("node-2", 8780);
  private static final Address THIRD = new Address("node-3", 8780);

  @Test
  void shouldKnowWhatNobodyHas() {
    Placement placement = new Placement(5, Set.of(0), Map.of(OTHER, Set.of(3)));

    assertThat(placement.unowned()).containsExactly(1, 2, 4);
  }

  @Test
  void shouldGiveAPartitionToOneOnly() {
    Placement placement =
        new Placement(3, Set.of(0, 1), Map.of(OTHER, Set.of(1, 2), THIRD, Set.of(2)));

    assertThat(placement.elsewhere().values().stream().flatMap(Set::stream)).containsExactly(2);
    assertThat(placement.unowned()).isEmpty();
  }

  @Test
  void shouldWriteAddressesAsUrls() {
    assertThat(OTHER.url()).isEqualTo("http://node-2:8780");
    assertThat(new Address("::1", 80).url()).isEqualTo("http://[::1]:80");
    assertThat(Address.of("http://[::1]:80")).isEqualTo(new Address("::1", 80));
    assertThat(Address.of("http://node-2:8780/")).isEqualTo(OTHER);
  }

  @Test
  void shouldRefuseAUrlWithoutPort() {
    assertThatThrownBy(() -> Address.of("http://node-2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no port");
  }
}
