package io.backstop.executor.google;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.action.FailureClass;
import io.backstop.executor.http.HttpReply;
import java.io.IOException;
import java.util.Set;

/**
 * The error object of a Google API, {@code {"error": {"code", "message", "status", "errors":
 * [{"reason"}]}}}. The reason decides before the status does: a 403 can be a missing permission, a
 * rate limit or a used-up quota.
 *
 * @param reason of the first entry of errors, else the status word; empty where there is neither
 */
record GoogleError(int httpStatus, String reason, String message) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> SLOW_DOWN =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded");
  private static final Set<String> USED_UP =
      Set.of(
          "quotaExceeded",
          "dailyLimitExceeded",
          "storageQuotaExceeded",
          "teamDriveFileLimitExceeded",
          "numChildrenInNonRootLimitExceeded",
          "activeItemCreationLimitExceeded");

  static GoogleError of(HttpReply reply) {
    JsonNode error = errorIn(reply.body());
    String reason = error.path("errors").path(0).path("reason").asText("");
    String message = error.path("message").asText("");
    return new GoogleError(
        reply.status(),
        reason.isEmpty() ? error.path("status").asText("") : reason,
        message.isEmpty() ? "HTTP " + reply.status() : message);
  }

  FailureClass failureClass() {
    if (USED_UP.contains(reason)) {
      return FailureClass.RESOURCE_EXHAUSTED;
    }
    if (SLOW_DOWN.contains(reason)) {
      return FailureClass.RATE_LIMITED;
    }
    return switch (httpStatus) {
      case 401, 403 -> FailureClass.AUTHENTICATION;
      case 404, 410 -> FailureClass.NOT_FOUND;
      case 408 -> FailureClass.TIMEOUT;
      case 409, 412 -> FailureClass.CONFLICT;
      case 429 -> FailureClass.RATE_LIMITED;
      default -> httpStatus >= 500 ? FailureClass.SERVER_ERROR : FailureClass.VALIDATION;
    };
  }

  /** Drive has a file of the id that was sent: the call was made before. */
  boolean isKnownFileId() {
    return httpStatus == 409 && reason.equals("fileIdInUse");
  }

  private static JsonNode errorIn(byte[] body) {
    try {
      return JSON.readTree(body).path("error");
    } catch (JacksonException notJson) {
      return JSON.missingNode();
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }
}
