package io.backstop.executor.mail;

import io.backstop.action.MessagePayload;
import io.backstop.executor.PrimaryFailure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an e-mail says: the payload's words, a subject where it has none, and at the top, for one
 * that stands in for another action, that it does.
 */
final class MailText {
  private static final int LONGEST_SUBJECT = 150;
  private static final int LONGEST_ERROR = 300;
  private static final Pattern BODY = Pattern.compile("<body[^>]*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}+");

  private MailText() {}

  /** A copy of the payload that has a subject. */
  static MessagePayload of(MessagePayload payload, Optional<PrimaryFailure> standsInFor) {
    MessagePayload.Builder mail = MessagePayload.newBuilder(payload);
    if (payload.getSubject() == null || payload.getSubject().isBlank()) {
      mail.setSubject(subject(payload, standsInFor));
    }
    standsInFor.ifPresent(
        failure -> {
          String note = note(failure);
          mail.setText(note + "\n\n" + payload.getText());
          if (payload.getHtml() != null) {
            mail.setHtml(withNote(payload.getHtml(), "<p><em>" + escaped(note) + "</em></p>"));
          }
        });
    return mail.build();
  }

  private static String subject(MessagePayload payload, Optional<PrimaryFailure> standsInFor) {
    String start =
        standsInFor
            .map(failure -> "In place of " + failure.request().getAction() + ": ")
            .orElse("");
    String firstLine = payload.getText().strip().lines().findFirst().orElse("");
    return cut(printable(start + firstLine), LONGEST_SUBJECT);
  }

  private static String note(PrimaryFailure failure) {
    return "This e-mail stands in for %s (request %s), which failed: %s"
        .formatted(
            failure.request().getAction(),
            printable(failure.request().getRequestId()),
            cut(printable(failure.error()), LONGEST_ERROR));
  }

  private static String withNote(String html, String note) {
    Matcher body = BODY.matcher(html);
    return body.find()
        ? html.substring(0, body.end()) + note + html.substring(body.end())
        : note + html;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }
}
