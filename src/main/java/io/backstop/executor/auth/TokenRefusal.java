package io.backstop.executor.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;

/**
 * Tells a token endpoint that said no (mend the credentials) from one that could not be asked (try
 * again): Google's library reports both as an {@link IOException}.
 */
final class TokenRefusal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenRefusal() {}

  static Throwable explain(String service, Throwable failure) {
    HttpResponseException answer = answerWithin(failure);
    if (answer == null) {
      return failure instanceof IOException
          ? new IOException("no access token for " + service + ": " + failure.getMessage(), failure)
          : failure;
    }
    String reason = "HTTP " + answer.getStatusCode() + reasonIn(answer.getContent());
    if (mayBeRepeated(answer.getStatusCode())) {
      return new IOException("no access token for " + service + ": " + reason, failure);
    }
    return new RefusedCredentialsException(
        "the token endpoint refused the credentials of " + service + ": " + reason, failure);
  }

  private static boolean mayBeRepeated(int status) {
    return status >= 500 || status == 429 || status == 408;
  }

  private static HttpResponseException answerWithin(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer) {
        return answer;
      }
    }
    return null;
  }

  /** {@code , invalid_grant: Token has been expired or revoked.}; empty where it is not OAuth. */
  private static String reasonIn(String content) {
    if (content == null) {
      return "";
    }
    try {
      JsonNode error = JSON.readTree(content);
      String description = error.path("error_description").asText("");
      String code = error.path("error").asText("");
      return (code.isEmpty() ? "" : ", " + code)
          + (description.isEmpty() ? "" : ": " + description);
    } catch (JsonProcessingException notJson) {
      return "";
    }
  }
}
