package io.backstop.action;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** How one call to a target ended. */
public sealed interface Outcome {

  /**
   * The service did it.
   *
   * @param response the service's answer, JSON
   * @param httpStatus status of the answer, empty where the target does not speak HTTP
   */
  record Succeeded(String response, OptionalInt httpStatus) implements Outcome {
    public Succeeded {
      Objects.requireNonNull(response, "response");
      Objects.requireNonNull(httpStatus, "httpStatus");
    }
  }

  /**
   * The same call may succeed later.
   *
   * @param retryAfter how long the service asked to wait from now on, where it did
   */
  record Retryable(
      FailureClass failureClass,
      String message,
      OptionalInt httpStatus,
      Optional<Duration> retryAfter)
      implements Outcome {
    public Retryable {
      Objects.requireNonNull(failureClass, "failureClass");
      Objects.requireNonNull(httpStatus, "httpStatus");
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }

  /** The same call will fail again, whenever it is made. */
  record Permanent(FailureClass failureClass, String message, OptionalInt httpStatus)
      implements Outcome {
    public Permanent {
      Objects.requireNonNull(failureClass, "failureClass");
      Objects.requireNonNull(httpStatus, "httpStatus");
    }
  }

  /** No call was made: missing credentials, a limit, an open circuit. */
  record Rejected(FailureClass failureClass, String message) implements Outcome {
    public Rejected {
      Objects.requireNonNull(failureClass, "failureClass");
    }
  }

  /** No answer within {@code after}; whether the service did it is not known. */
  record TimedOut(Duration after) implements Outcome {
    public TimedOut {
      Objects.requireNonNull(after, "after");
    }
  }
}
