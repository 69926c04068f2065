package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Admission;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Cascade;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.Work;
import io.backstop.serde.EncodedSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LongHistoryTest {
  private static final ServicePlan SERVICE = SampleCalls.service(Duration.ofSeconds(1));
  private static final Outcome DOWN =
      new Outcome.Retryable(
          FailureClass.SERVER_ERROR, "ä".repeat(2_000), OptionalInt.of(503), Optional.empty());

  @Test
  void shouldStaySmallThroughAThousandParksAndCountOn() {
    Work work =
        SampleCalls.work("r-1")
            .with(new Cascade(List.of("queue:retry"), 0, "request", 0, OptionalLong.empty()));

    for (int park = 0; park < 1_000; park++) {
      work = parked(tried(tried(tried(work))));
    }

    assertThat(work.attempts()).hasSizeLessThanOrEqualTo(301);
    assertThat(size(work)).isLessThan(300_000);
    Attempt last = tried(work).lastAttempt();
    assertThat(last.getNumber()).isEqualTo(3_001);
    assertThat(AttemptHistory.known(tried(work))).isEqualTo(1);
    assertThat(work.attempts().get(0).getNumber()).isEqualTo(1);
  }

  @Test
  void shouldStaySmallThroughManyAttemptsWithoutAPark() {
    Work work = SampleCalls.work("r-1");

    for (int attempt = 0; attempt < 5_000; attempt++) {
      work = tried(work);
    }

    assertThat(work.attempts()).hasSize(5_000);
    assertThat(size(work)).isLessThan(600_000);
    assertThat(AttemptHistory.known(work)).isEqualTo(5_000);
  }

  @Test
  void shouldSayWhereAttemptsAreLeftOut() {
    Work work =
        SampleCalls.work("r-1")
            .with(new Cascade(List.of("queue:low"), 0, "request", 0, OptionalLong.empty()));
    for (int attempt = 0; attempt < 400; attempt++) {
      work = tried(work);
    }

    Work shortened = LongHistory.shortened(work);

    assertThat(shortened.attempts())
        .filteredOn(attempt -> attempt.getOutcome() == AttemptOutcome.PARKED)
        .singleElement()
        .satisfies(
            mark -> {
              assertThat(mark.getTarget()).isEqualTo("queue:low");
              assertThat(mark.getMessage()).contains("left out");
            });
    assertThat(shortened.lastAttempt()).isEqualTo(work.lastAttempt());
  }

  private static Work tried(Work work) {
    int number = AttemptHistory.nextNumber(work);
    var call = new RunningCall(work, SERVICE, Admission.CALL, number, 1L, List.of());
    return work.with(AttemptHistory.of(call, DOWN, 2L));
  }

  private static Work parked(Work work) {
    Work parked = LongHistory.shortened(work.with(work.cascade().parkedAt(3L)));
    return parked.with(AttemptHistory.parked(parked, 4L, 3L));
  }

  private static long size(Work work) {
    return work.attempts().stream().mapToLong(EncodedSize::of).sum();
  }
}
