package io.backstop.executor.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.executor.Json;
import io.backstop.executor.PrimaryFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The document that is posted. Its {@code type} is the action that was asked for, so what stands in
 * for another has that one's name.
 *
 * <pre>{@code
 * {"type": "slack:postMessage", "timestamp": "2026-03-01T10:00:00Z",
 *  "data": {"requestId": "r-1", "recipients": [], "subject": "...", "text": "...",
 *    "standsInFor": {"action": "slack:postMessage", "requestId": "r-1", "error": "..."}}}
 * }</pre>
 */
final class WebhookBody {
  private WebhookBody() {}

  static ObjectNode of(
      ActionRequest request, Optional<PrimaryFailure> standsInFor, Instant timestamp) {
    ObjectNode body = Json.object();
    body.put("type", standsInFor.map(PrimaryFailure::request).orElse(request).getAction());
    body.put("timestamp", timestamp.toString());
    ObjectNode data = body.putObject("data");
    data.put("requestId", request.getRequestId());
    putMessage(data, (MessagePayload) request.getPayload());
    standsInFor.ifPresent(
        failure ->
            data.putObject("standsInFor")
                .put("action", failure.request().getAction())
                .put("requestId", failure.request().getRequestId())
                .put("error", failure.error()));
    return body;
  }

  private static void putMessage(ObjectNode data, MessagePayload message) {
    put(data, "recipients", message.getRecipients());
    put(data, "cc", message.getCc());
    put(data, "bcc", message.getBcc());
    put(data, "subject", message.getSubject());
    put(data, "text", message.getText());
    put(data, "html", message.getHtml());
    put(data, "messageId", message.getMessageId());
    put(data, "threadId", message.getThreadId());
  }

  private static void put(ObjectNode data, String name, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(data.withArray(name)::add);
    }
  }

  private static void put(ObjectNode data, String name, String value) {
    if (value != null) {
      data.put(name, value);
    }
  }
}
