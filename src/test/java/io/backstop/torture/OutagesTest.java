package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private long now = 1_000_000;
  private final Outages outages = new Outages(() -> Instant.ofEpochMilli(now));

  @Test
  void shouldExcuseAStartUntilAllAreBackAndShortlyAfter() {
    assertThat(outages.excuseAStart()).isFalse();

    outages.begin();
    outages.begin();
    outages.end();
    now += 60_000;
    assertThat(outages.excuseAStart()).isTrue();

    outages.end();
    now += 2_000;
    assertThat(outages.excuseAStart()).isTrue();

    now += 1;
    assertThat(outages.excuseAStart()).isFalse();
  }
}
