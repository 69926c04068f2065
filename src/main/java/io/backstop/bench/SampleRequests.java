package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.action.GenericPayload;
import io.backstop.action.MessagePayload;
import io.backstop.executor.Target;
import java.util.List;

/** Requests with keys of their own and payloads of 500 bytes. */
final class SampleRequests {
  private static final int PAYLOAD_BYTES = 500;

  private SampleRequests() {}

  static ActionRequest instant(String id) {
    return generic(id, InstantTarget.TARGET);
  }

  static ActionRequest delayed(String id) {
    return generic(id, DelayedTarget.TARGET);
  }

  private static ActionRequest generic(String id, Target target) {
    String start = "{\"id\":\"" + id + "\",\"text\":\"";
    String end = "\"}";
    String text = "x".repeat(PAYLOAD_BYTES - start.length() - end.length());
    return request(id, target.name()).setPayload(new GenericPayload(start + text + end)).build();
  }

  static ActionRequest slackMessage(String id) {
    String text = id + " " + "x".repeat(PAYLOAD_BYTES - id.length() - 1);
    MessagePayload message =
        MessagePayload.newBuilder().setRecipients(List.of("C0123456789")).setText(text).build();
    return request(id, "slack:postMessage").setPayload(message).build();
  }

  private static ActionRequest.Builder request(String id, String action) {
    return ActionRequest.newBuilder()
        .setRequestId(id)
        .setAction(action)
        .setIdempotencyKey("key-" + id)
        .setSubmitter("bench");
  }
}
