package io.backstop.statistics;

import static io.backstop.statistics.Samples.CSV;
import static io.backstop.statistics.Samples.NOW;
import static io.backstop.statistics.Samples.PRIMARY;
import static io.backstop.statistics.Samples.TRELLO;
import static io.backstop.statistics.Samples.queue;
import static io.backstop.statistics.Samples.report;
import static io.backstop.statistics.Samples.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FallbackCounts;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.QueueCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long FIVE_MINUTES = 300_000;

  private final Ledger ledger = new Ledger(new Throttle(true, FIVE_MINUTES));

  @Test
  void shouldSumUpByActionAndByStep() {
    ledger.apply(report(use(TRELLO, 3, 1), use(CSV, 1, 0)), NOW);
    ledger.apply(report(use("slack:postMessage", CSV, 2, 0, NOW + 50)), NOW);

    FallbackStatistics statistics = ledger.statistics();
    assertThat(statistics.getAll()).isEqualTo(counts(6, 1, NOW + 50));
    assertThat(statistics.getByPrimaryAction())
        .isEqualTo(Map.of(PRIMARY, counts(4, 1, NOW), "slack:postMessage", counts(2, 0, NOW + 50)));
    assertThat(statistics.getByFallbackAction())
        .isEqualTo(Map.of(TRELLO, counts(3, 1, NOW), CSV, counts(3, 0, NOW + 50)));
  }

  @Test
  void shouldNotifyOfTheFirstUseAtOnceAndSuppressTheNextUntilTheThrottleHasPassed() {
    List<Notice> first = ledger.apply(report(use(TRELLO, 2, 0)), NOW).notices();
    List<Notice> soon = ledger.apply(report(use(TRELLO, 5, 0)), NOW + FIVE_MINUTES - 1).notices();
    List<Notice> then = ledger.apply(report(use(TRELLO, 1, 0)), NOW + FIVE_MINUTES).notices();

    Instant at = Instant.ofEpochMilli(NOW);
    assertThat(first).containsExactly(new Notice(PRIMARY, TRELLO, 2, 0, null, at, "down"));
    assertThat(soon).isEmpty();
    assertThat(then).containsExactly(new Notice(PRIMARY, TRELLO, 6, 5, at, at, "down"));
    assertThat(ledger.statistics().getNotificationsSent()).isEqualTo(2);
    assertThat(ledger.statistics().getNotificationsSuppressed()).isEqualTo(5);
  }

  @Test
  void shouldThrottleEachPairAlone() {
    ledger.apply(report(use(TRELLO, 1, 0)), NOW);

    assertThat(ledger.apply(report(use(CSV, 1, 0)), NOW + 1).notices()).hasSize(1);
    assertThat(ledger.apply(report(use("gmail:send", TRELLO, 1, 0, NOW)), NOW + 2).notices())
        .hasSize(1);
  }

  @Test
  void shouldNotNotifyOfStepsThatFailed() {
    assertThat(ledger.apply(report(use(TRELLO, 0, 7)), NOW).notices()).isEmpty();
    assertThat(ledger.statistics().getNotificationsSuppressed()).isZero();
  }

  @Test
  void shouldCountWithoutNotifyingWhereNobodyIsToBeNotified() {
    var silent = new Ledger(new Throttle(false, FIVE_MINUTES));

    assertThat(silent.apply(report(use(TRELLO, 1, 0)), NOW).notices()).isEmpty();
    assertThat(silent.apply(report(use(TRELLO, 1, 0)), NOW).notices()).isEmpty();
    assertThat(silent.statistics().getAll().getSucceeded()).isEqualTo(2);
    assertThat(silent.statistics().getNotificationsSuppressed()).isZero();
  }

  @Test
  void shouldNotBeSilencedByAnEarlierOwnersWrongClock() {
    ledger.apply(report(use(TRELLO, 1, 0)), NOW + 86_400_000);

    assertThat(ledger.apply(report(use(TRELLO, 1, 0)), NOW).notices()).hasSize(1);
  }

  @Test
  void shouldKeepTheNewestQueueOfEachTask() {
    ledger.apply(report("0", queue(5, 1, "ann")), NOW);
    ledger.apply(report("1", queue(2, 0, "bob")), NOW);
    ledger.apply(report("0", queue(3, 2, "ann")), NOW);
    ledger.apply(report(use("queue:high", 4, 1), use("queue:retry", 1, 0)), NOW);

    QueueCounts queue = ledger.statistics().getQueue();
    assertThat(queue.getWaiting()).isEqualTo(5);
    assertThat(queue.getDue()).isEqualTo(2);
    assertThat(queue.getByPriority()).isEqualTo(Map.of("HIGH", 5L, "LOW", 2L));
    assertThat(queue.getBySubmitter()).isEqualTo(Map.of("ann", 5L, "bob", 2L));
    assertThat(queue.getSucceeded()).isEqualTo(5);
    assertThat(queue.getExhausted()).isEqualTo(1);
  }

  @Test
  void shouldPutSubmittersBeyondTheFirstHundredUnderOther() {
    for (int task = 0; task < 150; task++) {
      ledger.apply(report("" + task, queue(task + 1, 0, "s" + task)), NOW);
    }

    Map<String, Long> submitters = ledger.statistics().getQueue().getBySubmitter();
    assertThat(submitters).hasSize(101).containsEntry("s149", 150L);
    assertThat(submitters).containsEntry("other", 50L * 51 / 2);
  }

  @Test
  void shouldPutPairsBeyondTheFirstFiveHundredUnderOther() {
    for (int pair = 0; pair < 600; pair++) {
      ledger.apply(report(use("a:" + pair, "b:" + pair, 1, 0, NOW)), NOW);
    }
    ledger.apply(report(use("a:1", "b:1", 1, 0, NOW)), NOW);

    FallbackStatistics statistics = ledger.statistics();
    assertThat(statistics.getByPrimaryAction()).hasSize(501);
    assertThat(statistics.getByPrimaryAction().get("other").getTotal()).isEqualTo(100);
    assertThat(statistics.getByPrimaryAction().get("a:1").getTotal()).isEqualTo(2);
    assertThat(statistics.getAll().getTotal()).isEqualTo(601);
  }

  @Test
  void shouldBeHarmedByNothingThatCanStandInAReport() {
    String name = "x\r\nBcc: all" + "y".repeat(5_000);

    var changes = ledger.apply(report(use(name, name, 1, -5, NOW), use(CSV, -3, -3)), NOW);

    assertThat(changes.notices()).hasSize(1);
    assertThat(changes.notices().get(0).primaryAction()).hasSize(200).doesNotContain("\r", "\n");
    assertThat(ledger.statistics().getAll()).isEqualTo(counts(1, 0, NOW));
  }

  private static FallbackCounts counts(long succeeded, long failed, long at) {
    return new FallbackCounts(succeeded + failed, succeeded, failed, Instant.ofEpochMilli(at));
  }
}
