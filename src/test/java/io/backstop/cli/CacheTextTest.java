package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CacheCounts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CacheTextTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void shouldSayWhatIsHeldAndHowOftenItHelped() {
    var counts = new CacheCounts(12L, 3_456L, 30L, 10L, NOW.minusSeconds(250));

    assertThat(CacheText.lines(counts, NOW))
        .containsExactly(
            "entries  12",
            "size     3,456 bytes",
            "hits     30 of 40 (75.0%)",
            "oldest   4m 10s old");
  }

  @Test
  void shouldDivideNothingByNothing() {
    var counts = new CacheCounts(0L, 0L, 0L, 0L, null);

    assertThat(CacheText.lines(counts, NOW)).contains("hits     0 of 0", "oldest   -");
  }
}
