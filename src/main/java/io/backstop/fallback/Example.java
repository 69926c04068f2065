package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.GenericPayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.PayloadFamily;
import io.backstop.action.QueryPayload;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import java.nio.ByteBuffer;
import java.util.List;

/** A complete request of an action: what cannot be converted of it never can. */
final class Example {
  private static final String TEXT = "example";

  private Example() {}

  static ActionRequest of(String action, PayloadFamily family) {
    return ActionRequest.newBuilder()
        .setRequestId(TEXT)
        .setAction(action)
        .setPayload(payload(family))
        .build();
  }

  private static Object payload(PayloadFamily family) {
    return switch (family) {
      case TASK -> TaskPayload.newBuilder().setTitle(TEXT).setContainer(TEXT).build();
      case MESSAGE ->
          MessagePayload.newBuilder()
              .setRecipients(List.of("someone@example.com"))
              .setSubject(TEXT)
              .setText(TEXT)
              .build();
      case FILE ->
          FilePayload.newBuilder().setName(TEXT).setContent(ByteBuffer.wrap(new byte[1])).build();
      case TABLE ->
          TablePayload.newBuilder()
              .setDocument(TEXT)
              .setRange(TEXT)
              .setRows(List.of(List.of(TEXT)))
              .build();
      case QUERY -> QueryPayload.newBuilder().setQuery(TEXT).build();
      case GENERIC -> new GenericPayload("{}");
    };
  }
}
