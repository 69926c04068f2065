package io.backstop.executor.trello;

import static io.backstop.action.FailureClass.RATE_LIMITED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.Outcome;
import io.backstop.executor.CallContext;
import io.backstop.executor.ReplyClassifier;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.ServiceError;
import io.backstop.executor.http.HttpReply;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What all calls to Trello's API share. Most of its errors are plain text, so the status decides;
 * only rate limits have codes.
 */
final class TrelloApi {
  private static final String PUBLIC_BASE_URL = "https://api.trello.com";

  private static final ReplyClassifier REPLIES =
      ReplyClassifier.readingErrorsBy(TrelloApi::error)
          .retryable(
              RATE_LIMITED,
              "API_KEY_LIMIT_EXCEEDED",
              "API_TOKEN_LIMIT_EXCEEDED",
              "API_TOO_MANY_CARDS_REQUESTED",
              "RATE_LIMIT_EXCEEDED")
          .build();

  private TrelloApi() {}

  static CompletionStage<Outcome> createCard(CallContext context, ObjectNode card) {
    return call(context, "POST", "/1/cards").json(card).send(REPLIES);
  }

  static CompletionStage<Outcome> changeCard(CallContext context, String id, ObjectNode change) {
    return call(context, "PUT", "/1/cards/" + id).json(change).send(REPLIES);
  }

  /** The member of the token. */
  static CompletionStage<Outcome> whoAmI(CallContext context) {
    return call(context, "GET", "/1/members/me?fields=id").send(REPLIES);
  }

  private static ServiceCall call(CallContext context, String method, String path) {
    return ServiceCall.to(context, PUBLIC_BASE_URL, method, path)
        .header("Accept", "application/json");
  }

  private static Optional<ServiceError> error(HttpReply reply, JsonNode body) {
    return reply.status() >= 300 && body.path("message").isTextual()
        ? Optional.of(new ServiceError(body.path("error").asText(), body.path("message").asText()))
        : Optional.empty();
  }
}
