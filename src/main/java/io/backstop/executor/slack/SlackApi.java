package io.backstop.executor.slack;

import static io.backstop.action.FailureClass.AUTHENTICATION;
import static io.backstop.action.FailureClass.CONFLICT;
import static io.backstop.action.FailureClass.NOT_FOUND;
import static io.backstop.action.FailureClass.RATE_LIMITED;
import static io.backstop.action.FailureClass.RESOURCE_EXHAUSTED;
import static io.backstop.action.FailureClass.SERVER_ERROR;
import static io.backstop.action.FailureClass.TIMEOUT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.executor.CallContext;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import io.backstop.executor.ReplyClassifier;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.ServiceError;
import io.backstop.executor.http.HttpReply;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What all calls to Slack's Web API share. Slack says HTTP 200 to most failures, so the error code
 * decides; a code that is not listed is the request's own fault (VALIDATION, permanent).
 */
final class SlackApi {
  private static final String PUBLIC_BASE_URL = "https://slack.com";

  /** Our own code for an answer that something else than Slack gave. */
  private static final String NOT_SLACK = "not_slack";

  private static final ReplyClassifier REPLIES =
      ReplyClassifier.readingErrorsBy(SlackApi::error)
          .retryable(RATE_LIMITED, "ratelimited", "rate_limited")
          .retryable(TIMEOUT, "request_timeout")
          .retryable(
              SERVER_ERROR,
              "internal_error",
              "fatal_error",
              "service_unavailable",
              "team_added_to_org",
              NOT_SLACK)
          .permanent(
              AUTHENTICATION,
              "not_authed",
              "invalid_auth",
              "token_revoked",
              "token_expired",
              "account_inactive",
              "access_denied",
              "accesslimited",
              "missing_scope",
              "no_permission",
              "not_allowed_token_type",
              "org_login_required",
              "ekm_access_denied",
              "enterprise_is_restricted",
              "team_access_not_granted",
              "two_factor_setup_required",
              "not_in_channel",
              "restricted_action",
              "restricted_action_read_only_channel",
              "restricted_action_thread_only_channel",
              "restricted_action_non_threadable_channel",
              "cant_update_message")
          .permanent(
              NOT_FOUND,
              "channel_not_found",
              "user_not_found",
              "message_not_found",
              "thread_not_found",
              "team_not_found")
          .permanent(CONFLICT, "is_archived", "edit_window_closed", "is_inactive")
          .permanent(RESOURCE_EXHAUSTED, "message_limit_exceeded")
          .build();

  private SlackApi() {}

  /**
   * @param name of the Web API method, {@code chat.postMessage}
   */
  static CompletionStage<Outcome> call(CallContext context, String name, ObjectNode arguments) {
    return ServiceCall.to(context, PUBLIC_BASE_URL, "POST", "/api/" + name)
        .json(arguments)
        .send(REPLIES);
  }

  /** The team and user of the token; needs no scope. */
  static CompletionStage<Outcome> whoAmI(CallContext context) {
    return call(context, "auth.test", Json.object());
  }

  /** Arguments of a valid message: its channel and text. */
  static ObjectNode message(MessagePayload message) {
    String text =
        message.getSubject() == null
            ? message.getText()
            : "*" + message.getSubject() + "*\n" + message.getText();
    return Json.object().put("channel", message.getRecipients().get(0)).put("text", text);
  }

  static Problems problems(MessagePayload message) {
    int recipients = message.getRecipients().size();
    return new Problems()
        .require("payload.recipients", message.getRecipients(), "name the channel's id")
        .check(
            recipients <= 1,
            "payload.recipients has " + recipients + " entries: Slack takes exactly one channel")
        .check(
            recipients != 1 || !message.getRecipients().get(0).isBlank(),
            "payload.recipients is blank: name the channel's id")
        .require("payload.text", message.getText(), "a message needs text");
  }

  private static Optional<ServiceError> error(HttpReply reply, JsonNode body) {
    if (!body.path("ok").isBoolean()) {
      return Optional.of(new ServiceError(NOT_SLACK, "the answer does not say whether it is ok"));
    } else if (body.path("ok").booleanValue()) {
      return Optional.empty();
    }
    return Optional.of(new ServiceError(body.path("error").asText(), detail(body)));
  }

  private static String detail(JsonNode body) {
    var messages = body.path("response_metadata").path("messages");
    return StreamSupport.stream(messages.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining("; "));
  }
}
