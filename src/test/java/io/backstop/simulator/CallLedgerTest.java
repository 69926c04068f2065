package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CallLedgerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final int ALL = Integer.MAX_VALUE;

  private static CallLedger ledger(int capacity) {
    return new CallLedger(capacity, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static List<Long> sequences(List<RecordedCall> calls) {
    return calls.stream().map(RecordedCall::sequence).toList();
  }

  @Test
  void shouldShowACallFromItsArrivalOnAndItsAnswerLater() {
    CallLedger ledger = ledger(10);
    CallTrace trace = ledger.arrived();

    RecordedCall before = ledger.since(0, ALL).get(0);
    trace.answered("hang");
    RecordedCall after = ledger.since(0, ALL).get(0);

    assertThat(before.endpoint()).isEqualTo("unread");
    assertThat(before.arrivedAtMs()).isEqualTo(NOW.toEpochMilli());
    assertThat(before.answer()).isEmpty();
    assertThat(after.answer()).map(RecordedCall.Answer::status).contains("hang");
    assertThat(after.answer().orElseThrow().atNanos())
        .isGreaterThanOrEqualTo(after.arrivedAtNanos());
  }

  @Test
  void shouldKeepTheLatestCallsAndShowByTheirSequenceThatOthersWent() {
    CallLedger ledger = ledger(3);

    for (int i = 0; i < 8; i++) {
      ledger.arrived();
    }

    assertThat(sequences(ledger.since(0, ALL))).containsExactly(6L, 7L, 8L);
    assertThat(sequences(ledger.since(6, ALL))).containsExactly(7L, 8L);
    assertThat(ledger.since(8, ALL)).isEmpty();
    assertThat(ledger.since(100, ALL)).isEmpty();
  }

  @Test
  void shouldAnswerTheOldestFirstWhereNotAllAreAskedFor() {
    CallLedger ledger = ledger(100);

    for (int i = 0; i < 10; i++) {
      ledger.arrived();
    }

    assertThat(sequences(ledger.since(2, 3))).containsExactly(3L, 4L, 5L);
  }

  @Test
  void shouldKeepUpWithFiveThousandCallsPerSecondWhileItIsRead() throws InterruptedException {
    int calls = 100_000;
    CallLedger ledger = ledger(calls);
    var done = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                ledger.since(0, ALL);
              }
            });
    reader.start();
    long start = System.nanoTime();

    for (int i = 0; i < calls; i++) {
      ledger.arrived().answered("200");
    }

    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    done.set(true);
    reader.join();
    assertThat(taken).isLessThan(Duration.ofSeconds(calls / 5_000));
    assertThat(ledger.since(0, ALL)).hasSize(calls).allMatch(call -> call.answer().isPresent());
  }
}
