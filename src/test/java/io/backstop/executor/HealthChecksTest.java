package io.backstop.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.HealthProbe;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.auth.MissingCredentialsException;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private static final Duration TIMEOUT = Duration.ofMillis(50);
  private static final Outcome WELL = new Outcome.Succeeded("{}", OptionalInt.of(200));

  /** A target whose service is asked by the given check. */
  private static final class Checked implements ActionExecutor {
    private final String name;
    private final HealthCheck check;

    Checked(String name, HealthCheck check) {
      this.name = name;
      this.check = check;
    }

    @Override
    public Target target() {
      return new Target(name, PayloadFamily.GENERIC);
    }

    @Override
    public Optional<HealthCheck> healthCheck() {
      return Optional.ofNullable(check);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      throw new AssertionError("a health check executes nothing");
    }
  }

  private static HealthChecks checks(ActionExecutor... executors) {
    return new HealthChecks(
        Targets.of(List.of(executors)),
        TestConfig.with("backstop.services.known.token", "secret"),
        (service, config) ->
            () -> CompletableFuture.completedFuture(service + config.token().orElse("")),
        null);
  }

  private static Outcome outcome(HealthCheck check) throws Exception {
    HealthProbe probe = checks(new Checked("custom:run", check)).of("custom").orElseThrow();
    return probe.start(TIMEOUT).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldAskTheFirstTargetOfAServiceThatHasACheck() throws Exception {
    HealthChecks checks =
        checks(
            new Checked("custom:a", null),
            new Checked("custom:b", context -> CompletableFuture.completedFuture(WELL)),
            new Checked("custom:c", context -> CompletableFuture.failedFuture(new IOException())),
            new Checked("other:a", null));

    Outcome outcome = checks.of("custom").orElseThrow().start(TIMEOUT).toCompletableFuture().get();

    assertThat(outcome).isEqualTo(WELL);
    assertThat(checks.of("custom:a")).isEqualTo(checks.of("custom"));
    assertThat(checks.of("other")).isEmpty();
    assertThat(checks.of("unknown:run")).isEmpty();
  }

  @Test
  void shouldGiveTheCheckTheSettingsAndCredentialsOfItsService() throws Exception {
    var seen = new AtomicReference<CallContext>();
    HealthCheck check =
        context -> {
          seen.set(context);
          return CompletableFuture.completedFuture(WELL);
        };
    HealthChecks checks = checks(new Checked("known:run", check), new Checked("custom:run", check));

    checks.of("known").orElseThrow().start(TIMEOUT);
    CallContext known = seen.get();
    checks.of("custom").orElseThrow().start(TIMEOUT);
    CallContext unconfigured = seen.get();

    assertThat(known.idempotencyKey()).isEqualTo("health-check");
    assertThat(known.timeout()).isEqualTo(TIMEOUT);
    assertThat(known.credentials().authorization()).isCompletedWithValue("knownsecret");
    assertThat(unconfigured.credentials().authorization()).isCompletedWithValue("custom");
    assertThat(unconfigured.service().baseUrl()).isEmpty();
  }

  @Test
  void shouldTimeOutAndGiveTheCallUpWhenTheCheckNeverEnds() throws Exception {
    var call = new CompletableFuture<Outcome>();

    Outcome outcome = outcome(context -> call);

    assertThat(outcome).isEqualTo(new Outcome.TimedOut(TIMEOUT));
    assertThat(call.handle((done, failure) -> call.isCancelled()).get(20, TimeUnit.SECONDS))
        .isTrue();
  }

  @Test
  void shouldTimeOutAStageThatCannotBeCancelled() throws Exception {
    assertThat(outcome(context -> new CompletableFuture<Outcome>().minimalCompletionStage()))
        .isEqualTo(new Outcome.TimedOut(TIMEOUT));
  }

  @Test
  void shouldMakeAnOutcomeOfEveryKindOfFailure() throws Exception {
    assertThat(outcome(failing(new IOException("no route"))))
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
    assertThat(outcome(failing(new TimeoutException()))).isEqualTo(new Outcome.TimedOut(TIMEOUT));
    assertThat(outcome(failing(new MissingCredentialsException("set it"))))
        .isEqualTo(new Outcome.Rejected(FailureClass.AUTHENTICATION, "set it"));
    assertInternal(outcome(failing(new AssertionError("no"))), "AssertionError: no");
    assertInternal(outcome(context -> CompletableFuture.completedFuture(null)), "gave no outcome");
    assertInternal(outcome(context -> null), "NullPointerException");
    assertInternal(
        outcome(
            context -> {
              throw new IllegalStateException("broken");
            }),
        "IllegalStateException: broken");
    assertInternal(
        outcome(
            context -> {
              throw new NoClassDefFoundError("gone");
            }),
        "gone");
  }

  private static HealthCheck failing(Throwable failure) {
    return context -> CompletableFuture.failedFuture(failure);
  }

  private static void assertInternal(Outcome outcome, String message) {
    assertThat(outcome).isInstanceOf(Outcome.Permanent.class);
    var permanent = (Outcome.Permanent) outcome;
    assertThat(permanent.failureClass()).isEqualTo(FailureClass.INTERNAL);
    assertThat(permanent.message()).contains(message);
  }
}
