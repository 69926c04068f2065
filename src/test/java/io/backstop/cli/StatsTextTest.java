package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FallbackCounts;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.QueueCounts;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsTextTest {
  private static final Instant LAST = Instant.parse("2026-11-22T12:00:00.5Z");

  @Test
  void shouldShowFallbacksNotificationsAndTheQueue() {
    FallbackCounts counts = new FallbackCounts(1_200L, 1_190L, 10L, LAST);
    QueueCounts queue =
        new QueueCounts(4L, 1L, Map.of("HIGH", 3L, "LOW", 2L), Map.of("", 1L, "ann", 4L), 7L, 2L);
    FallbackStatistics statistics =
        new FallbackStatistics(
            counts,
            Map.of("notion:createPage", counts),
            Map.of("trello:createCard", counts),
            3L,
            12L,
            queue);

    var lines = StatsText.lines(statistics);

    assertThat(lines.get(0)).startsWith("FALLBACKS").contains("TOTAL", "LAST");
    assertThat(lines.get(1)).startsWith("all").contains("1,200", "1,190", "2026-11-22T12:00:00Z");
    assertThat(lines).containsSubsequence("by action", "by fallback");
    assertThat(lines)
        .contains(
            "notifications  3 sent, 12 held back because another was shortly before",
            "retry queue    4 waiting, 1 due; 7 left it done, 2 given up",
            "  by priority   HIGH 3, LOW 2",
            "  by submitter  (none) 1, ann 4");
  }
}
