package io.backstop.executor.google;

import io.backstop.action.MessagePayload;
import io.backstop.action.QueryPayload;
import io.backstop.executor.Problems;
import java.util.List;

/** What Gmail would refuse in a payload, or what would forge a header, said before the call. */
final class GmailProblems {
  private GmailProblems() {}

  static List<String> ofSearch(QueryPayload payload) {
    return new Problems()
        .require("payload.query", payload.getQuery(), "write a Gmail search, such as is:unread")
        .check(
            payload.getLimit() >= 1 && payload.getLimit() <= 100,
            "payload.limit is " + payload.getLimit() + ": write 1 to 100")
        .found();
  }

  static List<String> ofMail(MessagePayload payload) {
    Problems problems =
        new Problems()
            .require("payload.recipients", payload.getRecipients(), "name at least one address")
            .require("payload.subject", payload.getSubject(), "an e-mail needs a subject")
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
