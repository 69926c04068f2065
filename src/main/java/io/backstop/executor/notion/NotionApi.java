package io.backstop.executor.notion;

import static io.backstop.action.FailureClass.AUTHENTICATION;
import static io.backstop.action.FailureClass.CONFLICT;
import static io.backstop.action.FailureClass.NOT_FOUND;
import static io.backstop.action.FailureClass.RATE_LIMITED;
import static io.backstop.action.FailureClass.SERVER_ERROR;
import static io.backstop.action.FailureClass.VALIDATION;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.Outcome;
import io.backstop.executor.CallContext;
import io.backstop.executor.ReplyClassifier;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.ServiceError;
import io.backstop.executor.http.HttpReply;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What all calls to Notion's API share. */
final class NotionApi {
  static final ReplyClassifier REPLIES =
      ReplyClassifier.readingErrorsBy(NotionApi::error)
          .retryable(CONFLICT, "conflict_error")
          .retryable(RATE_LIMITED, "rate_limited")
          .retryable(
              SERVER_ERROR,
              "internal_server_error",
              "bad_gateway",
              "service_unavailable",
              "service_overload",
              "database_connection_unavailable",
              "gateway_timeout")
          .permanent(AUTHENTICATION, "unauthorized", "restricted_resource")
          .permanent(NOT_FOUND, "object_not_found")
          .permanent(
              VALIDATION,
              "invalid_json",
              "invalid_request_url",
              "invalid_request",
              "validation_error",
              "missing_version")
          .build();

  private static final String PUBLIC_BASE_URL = "https://api.notion.com";

  private NotionApi() {}

  /**
   * @param path with the version segment, {@code /v1/pages}
   */
  static ServiceCall call(CallContext context, NotionVersion version, String method, String path) {
    return ServiceCall.to(context, PUBLIC_BASE_URL, method, path)
        .header("Notion-Version", version.header());
  }

  /** The user of the token; needs no capability of the integration. */
  static CompletionStage<Outcome> whoAmI(CallContext context) {
    return call(context, NotionVersion.DATABASES, "GET", "/v1/users/me").send(REPLIES);
  }

  private static Optional<ServiceError> error(HttpReply reply, JsonNode body) {
    return body.path("object").asText().equals("error")
        ? Optional.of(new ServiceError(body.path("code").asText(), body.path("message").asText()))
        : Optional.empty();
  }
}
