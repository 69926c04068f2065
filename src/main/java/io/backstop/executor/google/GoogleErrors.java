package io.backstop.executor.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.ReplyClassifier;
import io.backstop.executor.ServiceError;
import io.backstop.executor.http.HttpReply;
import java.util.Optional;

/**
 * The error object of a Google API, {@code {"error": {"code", "message", "status", "errors":
 * [{"reason"}]}}}. The reason decides before the HTTP status does: a 403 can be a missing
 * permission, a rate limit or a used-up quota.
 */
final class GoogleErrors {
  static final ReplyClassifier CLASSIFIER =
      ReplyClassifier.readingErrorsBy(GoogleErrors::read)
          .retryable(
              FailureClass.RATE_LIMITED,
              "rateLimitExceeded",
              "userRateLimitExceeded",
              "sharingRateLimitExceeded")
          .permanent(
              FailureClass.RESOURCE_EXHAUSTED,
              "quotaExceeded",
              "dailyLimitExceeded",
              "storageQuotaExceeded",
              "teamDriveFileLimitExceeded",
              "numChildrenInNonRootLimitExceeded",
              "activeItemCreationLimitExceeded")
          .retryable(FailureClass.CONFLICT, "ABORTED")
          .permanent(FailureClass.CONFLICT, 412)
          .build();

  private static final String ID_IN_USE = "fileIdInUse";

  private GoogleErrors() {}

  /** Drive has a file of the id that the call sent. */
  static boolean isIdInUse(Outcome outcome) {
    return outcome instanceof Outcome.Permanent permanent
        && permanent.failureClass() == FailureClass.CONFLICT
        && permanent.message().startsWith(ID_IN_USE);
  }

  private static Optional<ServiceError> read(HttpReply reply, JsonNode body) {
    JsonNode error = body.path("error");
    if (!error.isObject()) {
      return Optional.empty();
    }
    String reason = error.path("errors").path(0).path("reason").asText("");
    return Optional.of(
        new ServiceError(
            reason.isEmpty() ? error.path("status").asText("") : reason,
            error.path("message").asText("")));
  }
}
