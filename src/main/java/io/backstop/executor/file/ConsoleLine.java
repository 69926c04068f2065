package io.backstop.executor.file;

import io.backstop.action.MessagePayload;

/** A message as one bounded line of fields. Hidden recipients stay hidden. */
final class ConsoleLine {
  private static final int LONGEST_TEXT = 2000;
  private static final int LONGEST_FIELD = 200;
  private static final int MOST_RECIPIENTS = 5;

  private ConsoleLine() {}

  /** Whether there is anything to show. */
  static boolean hasText(MessagePayload message) {
    return isGiven(message.getText()) || isGiven(message.getHtml());
  }

  static String of(FiledRequest filed) {
    MessagePayload message = (MessagePayload) filed.request().getPayload();
    StringBuilder line = new StringBuilder("message");
    field(line, "requestId", filed.original().getRequestId());
    field(line, "action", filed.original().getAction());
    field(line, "submitter", filed.original().getSubmitter());
    if (!message.getRecipients().isEmpty()) {
      line.append(" to=")
          .append(OneLine.list(message.getRecipients(), MOST_RECIPIENTS, LONGEST_FIELD));
    }
    field(line, "subject", message.getSubject());
    String text = isGiven(message.getText()) ? message.getText() : message.getHtml();
    if (text != null) {
      line.append(" text=").append(OneLine.quoted(text, LONGEST_TEXT));
    }
    field(line, "primaryError", filed.primaryError().orElse(null));
    return line.toString();
  }

  private static void field(StringBuilder line, String name, String value) {
    if (value != null) {
      line.append(' ').append(name).append('=').append(OneLine.quoted(value, LONGEST_FIELD));
    }
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isBlank();
  }
}
