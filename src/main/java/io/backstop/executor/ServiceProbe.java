package io.backstop.executor;

import io.backstop.action.HealthProbe;
import io.backstop.action.Outcome;
import io.backstop.config.ServiceAccess;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the promises of a probe whatever the check of an executor does. */
final class ServiceProbe implements HealthProbe {
  /** By which a service tells checks from the work of requests. */
  static final String KEY = "health-check";

  private static final Logger LOG = LoggerFactory.getLogger(ServiceProbe.class);

  private final String name;
  private final HealthCheck check;
  private final ServiceAccess service;
  private final Credentials credentials;
  private final HttpTransport http;

  ServiceProbe(
      String name,
      HealthCheck check,
      ServiceAccess service,
      Credentials credentials,
      HttpTransport http) {
    this.name = name;
    this.check = check;
    this.service = service;
    this.credentials = credentials;
    this.http = http;
  }

  @Override
  public CompletionStage<Outcome> start(Duration timeout) {
    var ended = new CompletableFuture<Outcome>();
    try {
      CompletionStage<Outcome> call = check.check(context(timeout));
      call.whenComplete(
          (outcome, failure) -> {
            if (!ended.isDone()) {
              ended.complete(outcomeOf(outcome, failure, timeout));
            }
          });
      ended.whenComplete((outcome, failure) -> giveUp(call));
      return ended.completeOnTimeout(
          new Outcome.TimedOut(timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      ended.complete(outcomeOf(null, e, timeout));
      return ended;
    }
  }

  private CallContext context(Duration timeout) {
    return new CallContext(KEY, 1, Optional.empty(), timeout, service, credentials, http);
  }

  private Outcome outcomeOf(Outcome outcome, Throwable failure, Duration timeout) {
    if (outcome != null) {
      return outcome;
    }
    if (FailedCall.isDefect(failure)) {
      LOG.error("health check failed service={}", name, failure);
    }
    return FailedCall.outcome(failure, timeout);
  }

  /** Without effect on a call that has ended. */
  private void giveUp(CompletionStage<Outcome> call) {
    try {
      call.toCompletableFuture().cancel(true);
    } catch (RuntimeException e) {
      // a stage need not be cancellable
      LOG.debug("health check not cancelled service={}", name, e);
    }
  }
}
