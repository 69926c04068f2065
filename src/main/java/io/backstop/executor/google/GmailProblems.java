package io.backstop.executor.google;

import io.backstop.action.MessagePayload;
import io.backstop.action.QueryPayload;
import java.util.ArrayList;
import java.util.List;

/** What Gmail would refuse in a payload, or what would forge a header, said before the call. */
final class GmailProblems {
  private GmailProblems() {}

  static List<String> ofSearch(QueryPayload payload) {
    List<String> problems = new ArrayList<>();
    if (isBlank(payload.getQuery())) {
      problems.add("payload.query is missing: write a Gmail search, for example is:unread");
    }
    if (payload.getLimit() < 1 || payload.getLimit() > 100) {
      problems.add("payload.limit is " + payload.getLimit() + ": write 1 to 100");
    }
    return problems;
  }

  static List<String> ofMail(MessagePayload payload) {
    List<String> problems = new ArrayList<>();
    if (payload.getRecipients().isEmpty()) {
      problems.add("payload.recipients is missing: an e-mail needs at least one address");
    }
    addAddressProblems("payload.recipients", payload.getRecipients(), problems);
    addAddressProblems("payload.cc", payload.getCc(), problems);
    addAddressProblems("payload.bcc", payload.getBcc(), problems);
    if (isBlank(payload.getSubject())) {
      problems.add("payload.subject is missing: an e-mail needs a subject");
    } else if (payload.getSubject().chars().anyMatch(Character::isISOControl)) {
      problems.add("payload.subject holds a line break or control character: write one line");
    }
    if (isBlank(payload.getText())) {
      problems.add("payload.text is missing: an e-mail needs a plain text");
    }
    return problems;
  }

  private static void addAddressProblems(
      String field, List<String> addresses, List<String> problems) {
    for (int i = 0; i < addresses.size(); i++) {
      if (!MailAddress.isValid(addresses.get(i))) {
        problems.add(
            "%s[%d] is not one e-mail address: write it as name@example.com".formatted(field, i));
      }
    }
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
