package io.backstop.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailedAttempt;
import io.backstop.action.FailureClass;
import io.backstop.action.RetryDecision;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.backstop.testing.TestConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryRulesTest {
  private static final long NOW = 1_772_000_000_000L;
  private static final Policies TEN_ATTEMPTS =
      new Policies(TestConfig.with("backstop.retry.max-attempts", "10"));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private RetryRules rules(Policies policies) {
    var random = new Random(7);
    return new RetryRules(policies, () -> random, new ActionMetrics(meters));
  }

  private RetryRules rules(String... settings) {
    return rules(new Policies(TestConfig.with(settings)));
  }

  private static FailedAttempt failed(FailureClass failureClass, int attempts) {
    return new FailedAttempt(failureClass, attempts, NOW, Optional.empty(), OptionalLong.empty());
  }

  private static FailedAttempt putOff(Duration retryAfter, OptionalLong deadline) {
    return new FailedAttempt(FailureClass.SERVER_ERROR, 1, NOW, Optional.of(retryAfter), deadline);
  }

  private static RetryDecision never(String reason) {
    return new RetryDecision.Never(reason);
  }

  @Test
  void shouldRepeatAfterTheWaitOfItsStrategy() {
    var rule = rules("backstop.retry.jitter", "none").of("notion");

    assertThat(rule.decide(failed(FailureClass.NETWORK, 1), NOW + 50))
        .isEqualTo(new RetryDecision.At(NOW + 250));
    assertThat(rule.decide(failed(FailureClass.NETWORK, 2), NOW + 300))
        .isEqualTo(new RetryDecision.At(NOW + 700));
    assertThat(meters.get("backstop.retries").tag("scope", "notion").counter().count())
        .isEqualTo(2);
  }

  @Test
  void shouldNotRepeatAFailureOfAnotherClass() {
    var rule = rules().of("notion");

    var decision = rule.decide(failed(FailureClass.VALIDATION, 1), NOW);

    assertThat(decision)
        .isEqualTo(
            never("VALIDATION is not retried: it is not in retry.failure-classes of notion"));
  }

  @Test
  void shouldStopWhenAllAttemptsAreUsedUp() {
    assertThat(rules().of("notion").decide(failed(FailureClass.TIMEOUT, 3), NOW))
        .isEqualTo(never("all 3 attempts are used up"));
    assertThat(
            rules("backstop.services.slack.retry.max-attempts", "1")
                .of("slack")
                .decide(failed(FailureClass.TIMEOUT, 1), NOW))
        .isEqualTo(never("the only attempt is used up"));
  }

  @Test
  void shouldLetRetryAfterWinOverTheBackoff() {
    var rule = rules().of("notion");

    var decision = rule.decide(putOff(Duration.ofSeconds(45), OptionalLong.empty()), NOW + 10);

    assertThat(decision).isEqualTo(new RetryDecision.At(NOW + 45_010));
  }

  @Test
  void shouldSayWhenTheNextAttemptWouldTakeTooLongAltogether() {
    var rule = rules().of("notion");

    assertThat(rule.decide(putOff(Duration.ofMinutes(6), OptionalLong.empty()), NOW + 1_500))
        .isEqualTo(
            never(
                "the next attempt would be due 361.5 s after the start of the first one, and"
                    + " retry.max-total-time is 300 s"));
    assertThat(rule.decide(putOff(Duration.ofSeconds(Long.MAX_VALUE), OptionalLong.empty()), NOW))
        .isInstanceOf(RetryDecision.Never.class);
  }

  @Test
  void shouldSayWhenTheNextAttemptWouldBeDueAfterTheDeadline() {
    var rule = rules().of("notion");

    var decision = rule.decide(putOff(Duration.ofSeconds(2), OptionalLong.of(NOW + 2_000)), NOW);

    assertThat(decision)
        .isEqualTo(
            never(
                "the next attempt would be due after the deadline: it would be due in 2 s, and the"
                    + " deadline is in 2 s"));
  }

  @Test
  void shouldSayWhenTheBudgetIsUsedUp() {
    var rule = rules("backstop.retry.max-attempts", "100").of("notion");
    for (int i = 0; i < 35; i++) {
      rule.firstAttempt(NOW);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(rule.decide(failed(FailureClass.TIMEOUT, 1), NOW))
          .isInstanceOf(RetryDecision.At.class);
    }

    var decision = rule.decide(failed(FailureClass.TIMEOUT, 1), NOW);

    assertThat(decision)
        .isEqualTo(
            never(
                "the retry budget of notion is used up: 20% of 35 first attempts in the last 10 s,"
                    + " at least 10"));
    assertThat(meters.get("backstop.retries.over.budget").tag("scope", "notion").counter().count())
        .isEqualTo(1);
  }

  @Test
  void shouldNeitherAskNorUseTheBudgetWhereTheServiceSaidToComeBack() {
    var rule =
        rules("backstop.retry.budget-floor", "1", "backstop.retry.max-attempts", "100")
            .of("notion");
    for (int i = 0; i < 50; i++) {
      assertThat(rule.decide(putOff(Duration.ofSeconds(1), OptionalLong.empty()), NOW))
          .isInstanceOf(RetryDecision.At.class);
      assertThat(rule.decide(failed(FailureClass.RATE_LIMITED, 1), NOW))
          .isInstanceOf(RetryDecision.At.class);
    }

    assertThat(rule.decide(failed(FailureClass.TIMEOUT, 1), NOW))
        .isInstanceOf(RetryDecision.At.class);
    assertThat(rule.decide(failed(FailureClass.TIMEOUT, 1), NOW))
        .isInstanceOf(RetryDecision.Never.class);
  }

  @Test
  void shouldNotSpendTheBudgetOnRetriesThatAreRefusedForAnotherReason() {
    var rule = rules("backstop.retry.budget-floor", "1").of("notion");

    rule.decide(failed(FailureClass.TIMEOUT, 3), NOW);
    rule.decide(
        new FailedAttempt(FailureClass.TIMEOUT, 1, NOW, Optional.empty(), OptionalLong.of(NOW)),
        NOW);

    assertThat(rule.decide(failed(FailureClass.TIMEOUT, 1), NOW))
        .isInstanceOf(RetryDecision.At.class);
  }

  @Test
  void shouldTakeOverSettingsThatChangeAtRunTime() {
    var policies = new Policies(TestConfig.with());
    var rule = rules(policies).of("notion");

    policies.change("notion", Map.of("retry.max-attempts", "5", "retry.budget-window", "1m"));

    assertThat(rule.decide(failed(FailureClass.TIMEOUT, 4), NOW))
        .isInstanceOf(RetryDecision.At.class);
    assertThat(rule.decide(failed(FailureClass.TIMEOUT, 5), NOW))
        .isEqualTo(never("all 5 attempts are used up"));
  }

  @Test
  void shouldKeepABudgetForEachScope() {
    var rules = rules("backstop.retry.budget-floor", "1");

    rules.of("notion").decide(failed(FailureClass.TIMEOUT, 1), NOW);

    assertThat(rules.of("notion")).isSameAs(rules.of("notion"));
    assertThat(rules.of("slack").decide(failed(FailureClass.TIMEOUT, 1), NOW))
        .isInstanceOf(RetryDecision.At.class);
  }

  @Property(tries = 300)
  void shouldNeverPlanAnAttemptAtOrAfterTheDeadlineOrPastTheTotalTime(
      @ForAll @IntRange(min = 1, max = 9) int attempts,
      @ForAll @IntRange(max = 400_000) int elapsed,
      @ForAll @IntRange(min = -1, max = 400_000) int retryAfterMs,
      @ForAll @IntRange(min = -1_000, max = 400_000) int deadlineIn) {
    var rule = rules(TEN_ATTEMPTS).of("notion");
    long now = NOW + elapsed;
    var retryAfter =
        Optional.of(Duration.ofMillis(retryAfterMs)).filter(wait -> !wait.isNegative());

    var decision =
        rule.decide(
            new FailedAttempt(
                FailureClass.TIMEOUT, attempts, NOW, retryAfter, OptionalLong.of(now + deadlineIn)),
            now);

    if (decision instanceof RetryDecision.At at) {
      assertThat(at.dueAt())
          .isGreaterThanOrEqualTo(now)
          .isLessThan(now + deadlineIn)
          .isLessThanOrEqualTo(NOW + 300_000);
      retryAfter.ifPresent(wait -> assertThat(at.dueAt()).isEqualTo(now + wait.toMillis()));
    }
  }
}
