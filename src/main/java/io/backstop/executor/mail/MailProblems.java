package io.backstop.executor.mail;

import io.backstop.action.MessagePayload;
import io.backstop.executor.Problems;
import java.util.List;

/** What a mail server would refuse in a payload, or what would forge a header. */
public final class MailProblems {
  private MailProblems() {}

  /** One sentence each; a subject must be there. */
  public static List<String> withSubject(MessagePayload payload) {
    return of(
        payload,
        new Problems()
            .require("payload.recipients", payload.getRecipients(), "name at least one address")
            .require("payload.subject", payload.getSubject(), "an e-mail needs a subject"));
  }

  /** One sentence each; the subject may be missing. */
  static List<String> of(MessagePayload payload) {
    return of(
        payload,
        new Problems()
            .require("payload.recipients", payload.getRecipients(), "name at least one address"));
  }

  private static List<String> of(MessagePayload payload, Problems problems) {
    problems
        .check(
            isOneLine(payload.getSubject()),
            "payload.subject holds a line break or another control character: write one line")
        .require("payload.text", payload.getText(), "an e-mail needs a plain text");
    checkAddresses("payload.recipients", payload.getRecipients(), problems);
    checkAddresses("payload.cc", payload.getCc(), problems);
    checkAddresses("payload.bcc", payload.getBcc(), problems);
    return problems.found();
  }

  private static boolean isOneLine(String subject) {
    return subject == null || subject.chars().noneMatch(Character::isISOControl);
  }

  private static void checkAddresses(String field, List<String> addresses, Problems problems) {
    for (int i = 0; i < addresses.size(); i++) {
      if (!MailAddress.isValid(addresses.get(i))) {
        problems.check(
            false,
            "%s[%d] is not one e-mail address: write it as name@example.com".formatted(field, i));
      }
    }
  }
}
