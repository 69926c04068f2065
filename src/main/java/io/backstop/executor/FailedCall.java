package io.backstop.executor;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.auth.MissingCredentialsException;
import io.backstop.executor.auth.RefusedCredentialsException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The outcome of a call that ended with an exception instead of an answer: the one mapping for
 * executors, for those who call them, and for health checks.
 */
public final class FailedCall {
  private FailedCall() {}

  /**
   * @param failure null where an executor completed with nothing at all
   * @param timeout what the call was given, for a timed-out one
   */
  public static Outcome outcome(Throwable failure, Duration timeout) {
    Throwable cause = cause(failure);
    if (cause == null) {
      return internal("the executor gave no outcome");
    } else if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return new Outcome.TimedOut(timeout);
    } else if (cause instanceof MissingCredentialsException) {
      return new Outcome.Rejected(FailureClass.AUTHENTICATION, message(cause));
    } else if (cause instanceof RefusedCredentialsException) {
      return new Outcome.Permanent(
          FailureClass.AUTHENTICATION, message(cause), OptionalInt.empty());
    } else if (cause instanceof IOException) {
      return new Outcome.Retryable(
          FailureClass.NETWORK, message(cause), OptionalInt.empty(), Optional.empty());
    } else if (cause instanceof CancellationException) {
      return internal("the executor gave the call up");
    }
    String name = cause.getClass().getSimpleName();
    return internal(cause.getMessage() == null ? name : name + ": " + cause.getMessage());
  }

  /** Whether it is a mistake in an executor, whose stack trace somebody should see. */
  public static boolean isDefect(Throwable failure) {
    return !(cause(failure) instanceof CancellationException)
        && outcome(failure, Duration.ZERO) instanceof Outcome.Permanent permanent
        && permanent.failureClass() == FailureClass.INTERNAL;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Outcome internal(String message) {
    return new Outcome.Permanent(
        FailureClass.INTERNAL, ServiceError.cut(message), OptionalInt.empty());
  }

  private static String message(Throwable cause) {
    return ServiceError.cut(
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
  }
}
