package io.backstop.executor.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Json;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.Target;
import io.backstop.executor.mail.MailMessage;
import io.backstop.executor.mail.MailProblems;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code gmail:send}: an e-mail from the signed-in user. Gmail refuses no repeat; the stable
 * Message-ID lets mailboxes show a repeated message once.
 */
public final class GmailSend implements ActionExecutor {
  static final String PUBLIC_BASE = "https://gmail.googleapis.com";
  private static final String PATH = "/gmail/v1/users/me/messages/send";

  private final Target target = new Target("gmail:send", PayloadFamily.MESSAGE);

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return MailProblems.withSubject((MessagePayload) request.getPayload());
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(GoogleHealth::gmail);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    MessagePayload payload = (MessagePayload) request.getPayload();
    byte[] message = MailMessage.unsent(payload, context.idempotencyKey());
    ObjectNode body = Json.object();
    body.put("raw", Base64.getUrlEncoder().encodeToString(message));
    if (payload.getThreadId() != null) {
      body.put("threadId", payload.getThreadId());
    }
    return ServiceCall.to(context, PUBLIC_BASE, "POST", PATH)
        .json(body)
        .send(GoogleErrors.CLASSIFIER);
  }
}
