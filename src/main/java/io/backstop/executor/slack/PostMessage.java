package io.backstop.executor.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** {@code slack:postMessage}: a message to a channel, group or person. */
public final class PostMessage implements ActionExecutor {
  private static final Target TARGET = new Target("slack:postMessage", PayloadFamily.MESSAGE);

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return SlackApi.problems((MessagePayload) request.getPayload()).found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(SlackApi::whoAmI);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var message = (MessagePayload) request.getPayload();
    var arguments =
        SlackApi.message(message).put("client_msg_id", clientMessageId(context.idempotencyKey()));
    if (message.getThreadId() != null) {
      arguments.put("thread_ts", message.getThreadId());
    }
    return SlackApi.call(context, "chat.postMessage", arguments);
  }

  /** The same for every repeat; Slack wants a UUID. */
  private static String clientMessageId(String idempotencyKey) {
    return UUID.nameUUIDFromBytes(idempotencyKey.getBytes(UTF_8)).toString();
  }
}
