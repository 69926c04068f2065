package io.backstop.executor.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.ReplyClassifier;
import io.backstop.executor.ServiceError;
import io.backstop.executor.http.HttpReply;
import java.util.List;
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

  /** As the newer APIs say it, and as the older ones do. */
  private static final List<String> NO_SUCH_ENTITY = List.of("NOT_FOUND", "notFound");

  private GoogleErrors() {}

  /** Drive has a file of the id that the call sent. */
  static boolean isIdInUse(Outcome outcome) {
    return outcome instanceof Outcome.Permanent permanent
        && permanent.failureClass() == FailureClass.CONFLICT
        && permanent.message().startsWith(ID_IN_USE);
  }

  /** A Google API said that what was asked for is not there; not just any 404 on the way to it. */
  static boolean isNoSuchEntity(Outcome outcome) {
    return outcome instanceof Outcome.Permanent permanent
        && permanent.failureClass() == FailureClass.NOT_FOUND
        && NO_SUCH_ENTITY.stream().anyMatch(permanent.message()::startsWith);
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
