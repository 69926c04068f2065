package io.backstop.executor.slack;

import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code slack:updateMessage}: a new text for a message. */
public final class UpdateMessage implements ActionExecutor {
  private static final Target TARGET = new Target("slack:updateMessage", PayloadFamily.MESSAGE);

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    var message = (MessagePayload) request.getPayload();
    return SlackApi.problems(message)
        .require("payload.messageId", message.getMessageId(), "name the message's ts")
        .found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(SlackApi::whoAmI);
  }

  @Override
  public boolean servesAsFallback() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var message = (MessagePayload) request.getPayload();
    return SlackApi.call(
        context, "chat.update", SlackApi.message(message).put("ts", message.getMessageId()));
  }
}
