package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  @Test
  void shouldRepeatEveryKeyOnceAmongDuplicates() {
    int requests = 1_000;

    var originals =
        IntStream.range(0, requests).map(Workload.DUPLICATES::original).boxed().toList();

    assertThat(originals.stream().distinct()).hasSize(Workload.DUPLICATES.distinct(requests));
    assertThat(Workload.DUPLICATES.distinct(requests)).isEqualTo(requests / 2);
    assertThat(Workload.DUPLICATES.original(130)).isEqualTo(30);
    assertThat(Workload.DUPLICATES.withKey(30, 2)).isEqualTo(130);
    assertThat(Workload.DUPLICATES.distinct(130)).isEqualTo(100);
  }

  @Test
  void shouldRepeatNothingElsewhere() {
    assertThat(Workload.OUTAGE.original(130)).isEqualTo(130);
    assertThat(Workload.OUTAGE.distinct(130)).isEqualTo(130);
  }
}
