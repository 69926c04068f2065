package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  private final Verdict verdict = new Verdict(1_000);

  @Test
  void shouldRecordTheAttemptOfASuccess() {
    ActionResult result = done(new Outcome.Succeeded("{}", OptionalInt.of(201)));

    Attempt attempt = result.getAttempts().get(0);
    assertThat(attempt.getOutcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
    assertThat(attempt.getHttpStatus()).isEqualTo(201);
    assertThat(attempt.getDurationMs()).isEqualTo(30);
    assertThat(attempt.getNumber()).isEqualTo(1);
    assertThat(result.getResponseTruncated()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveAdviceForEveryFailureClass(FailureClass failureClass) {
    Failure failure =
        failed(new Outcome.Permanent(failureClass, "it said no", OptionalInt.of(418)));

    assertThat(failure.failureClass()).isEqualTo(failureClass);
    assertThat(failure.reason())
        .startsWith("notion:createPage failed at attempt 1 as " + failureClass + " (HTTP 418)")
        .contains("it said no; ");
  }

  @Test
  void shouldKeepKindAndClassOfEachOutcomeInTheHistory() {
    assertThat(attempt(new Outcome.TimedOut(Duration.ofSeconds(3))))
        .returns(AttemptOutcome.TIMED_OUT, Attempt::getOutcome)
        .returns(FailureClass.TIMEOUT, Attempt::getFailureClass)
        .returns("no answer within 3000 ms", Attempt::getMessage);
    assertThat(attempt(new Outcome.Rejected(FailureClass.AUTHENTICATION, "no token")))
        .returns(AttemptOutcome.REJECTED, Attempt::getOutcome);
    assertThat(
            attempt(
                new Outcome.Retryable(
                    FailureClass.SERVER_ERROR, null, OptionalInt.empty(), Optional.empty())))
        .returns(AttemptOutcome.RETRYABLE, Attempt::getOutcome)
        .returns(null, Attempt::getMessage);
  }

  @Test
  void shouldRefuseAnOutcomeWithAHoleWhereItIsMade() {
    assertThatNullPointerException().isThrownBy(() -> new Outcome.TimedOut(null));
    assertThatNullPointerException().isThrownBy(() -> new Outcome.Succeeded("{}", null));
    assertThatNullPointerException()
        .isThrownBy(() -> new Outcome.Permanent(FailureClass.CONFLICT, "m", null));
  }

  @Property
  void shouldKeepNoMoreOfAnAnswerThanTheLimitInBytes(
      @ForAll String answer, @ForAll @IntRange(min = 0, max = 300) int limit) {
    TerminalOutcome outcome =
        new Verdict(limit)
            .done(
                SampleCalls.work("r-1"),
                new Outcome.Succeeded(answer, OptionalInt.empty()),
                List.of(),
                40);

    ActionResult result = ((TerminalOutcome.Done) outcome).result();
    String kept = result.getResponseData();
    assertThat(kept.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(limit);
    assertThat(answer).startsWith(kept);
    assertThat(result.getResponseTruncated()).isEqualTo(kept.length() < answer.length());
    if (answer.getBytes(StandardCharsets.UTF_8).length <= limit) {
      assertThat(kept).isEqualTo(answer);
    }
  }

  private static Work ended(Outcome outcome) {
    RunningCall call = SampleCalls.call("r-1", 10);
    return call.work().with(AttemptHistory.of(call, outcome, 40));
  }

  private ActionResult done(Outcome.Succeeded outcome) {
    return ((TerminalOutcome.Done) verdict.done(ended(outcome), outcome, List.of(), 40)).result();
  }

  private static Failure failed(Outcome outcome) {
    return ((TerminalOutcome.DeadLettered) Verdict.failed(ended(outcome), "")).failure();
  }

  private static Attempt attempt(Outcome outcome) {
    return failed(outcome).attempts().get(0);
  }
}
