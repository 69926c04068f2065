package io.backstop.cache;

import static io.backstop.cache.Samples.NOW;
import static io.backstop.cache.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FleetSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FleetCountsTest {
  private final FleetCounts fleet = new FleetCounts();

  @Test
  void shouldAddUpHitsAndMissesAndTakeTheRestFromTheNewest() {
    fleet.heard(signal("one", 1, false, 7, 10, 1), NOW);
    fleet.heard(signal("two", 1, false, 8, 20, 2), NOW + 1);

    var total = fleet.total(NOW + 2);

    assertThat(total.getHits()).isEqualTo(30);
    assertThat(total.getMisses()).isEqualTo(3);
    assertThat(total.getEntries()).isEqualTo(8);
    assertThat(total.getBytes()).isEqualTo(800);
    assertThat(total.getOldest().toEpochMilli()).isEqualTo(NOW - 8);
  }

  @Test
  void shouldForgetAnInstanceThatIsSilentForAMinute() {
    fleet.heard(signal("one", 1, false, 7, 10, 1), NOW);
    fleet.heard(signal("two", 1, false, 8, 20, 2), NOW + 1);

    assertThat(fleet.total(NOW + 59_999).getHits()).isEqualTo(30);
    assertThat(fleet.total(NOW + 60_000).getHits()).isEqualTo(20);
    assertThat(fleet.total(NOW + 60_001).getEntries()).isZero();
  }

  @Test
  void shouldForgetAnInstanceThatLeavesAlthoughAnOlderSignalComesLate() {
    fleet.heard(signal("one", 5, true, 7, 10, 1), NOW);
    fleet.heard(signal("one", 4, false, 7, 9, 1), NOW + 1);

    assertThat(fleet.total(NOW + 2).getHits()).isZero();
  }

  @Property(tries = 200)
  void shouldCountTheSameInAnyOrderAndWithRepeats(@ForAll long seed) {
    var random = new Random(seed);
    List<FleetSignal> signals = new ArrayList<>();
    for (int sequence = 1; sequence <= 10; sequence++) {
      signals.add(signal("one", sequence, false, 7, sequence, 2L * sequence));
      signals.add(signal("two", sequence, false, 7, 10L * sequence, sequence));
    }
    signals.addAll(signals.subList(0, 6));
    Collections.shuffle(signals, random);

    signals.forEach(each -> fleet.heard(each, NOW));

    assertThat(fleet.total(NOW).getHits()).isEqualTo(110);
    assertThat(fleet.total(NOW).getMisses()).isEqualTo(30);
  }
}
