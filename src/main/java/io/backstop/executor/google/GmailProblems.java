package io.backstop.executor.google;

import io.backstop.action.QueryPayload;
import io.backstop.executor.Problems;
import java.util.List;

/** What Gmail would refuse in a search, said before the call. */
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
}
