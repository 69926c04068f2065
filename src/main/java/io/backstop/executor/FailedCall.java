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
import java.util.concurrent.CompletionException;

/** The outcome of a call that ended with an exception instead of an answer. */
public final class FailedCall {
  private FailedCall() {}

  /**
   * @param timeout what the call was given, for a timed-out one
   */
  public static Outcome outcome(Throwable failure, Duration timeout) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof HttpTimeoutException) {
      return new Outcome.TimedOut(timeout);
    } else if (cause instanceof MissingCredentialsException) {
      return new Outcome.Rejected(FailureClass.AUTHENTICATION, message(cause));
    } else if (cause instanceof RefusedCredentialsException) {
      return new Outcome.Permanent(
          FailureClass.AUTHENTICATION, message(cause), OptionalInt.empty());
    } else if (cause instanceof IOException) {
      return new Outcome.Retryable(
          FailureClass.NETWORK, message(cause), OptionalInt.empty(), Optional.empty());
    }
    return new Outcome.Permanent(
        FailureClass.INTERNAL,
        ServiceError.cut(cause.getClass().getSimpleName() + ": " + cause.getMessage()),
        OptionalInt.empty());
  }

  private static String message(Throwable cause) {
    return ServiceError.cut(
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
  }
}
