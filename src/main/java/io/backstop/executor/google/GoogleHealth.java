package io.backstop.executor.google;

import io.backstop.action.Outcome;
import io.backstop.action.Outcome.Permanent;
import io.backstop.action.Outcome.Succeeded;
import io.backstop.executor.CallContext;
import io.backstop.executor.ServiceCall;
import java.util.concurrent.CompletionStage;

/** The health checks of Google's services; each needs no other OAuth scope than the actions. */
final class GoogleHealth {
  // no spreadsheet has such an id: Google's have 44 characters
  private static final String MISSING_SHEET =
      "/v4/spreadsheets/backstop-health-check-missing?fields=spreadsheetId";

  private static final String TASK_LISTS =
      "/tasks/v1/users/@me/lists?maxResults=1&fields=items%2Fid";

  private GoogleHealth() {}

  static CompletionStage<Outcome> drive(CallContext context) {
    return DriveCalls.aboutUser(context).send(GoogleErrors.CLASSIFIER);
  }

  static CompletionStage<Outcome> gmail(CallContext context) {
    return ServiceCall.to(context, GmailSend.PUBLIC_BASE, "GET", "/gmail/v1/users/me/profile")
        .send(GoogleErrors.CLASSIFIER);
  }

  /** The user's first task list. */
  static CompletionStage<Outcome> tasks(CallContext context) {
    return ServiceCall.to(context, TasksCreate.PUBLIC_BASE, "GET", TASK_LISTS)
        .send(GoogleErrors.CLASSIFIER);
  }

  /** Sheets cannot say who asks, but only a working Sheets knows that a document is not there. */
  static CompletionStage<Outcome> sheets(CallContext context) {
    ServiceCall call = ServiceCall.to(context, SheetsValues.PUBLIC_BASE, "GET", MISSING_SHEET);
    CallChain calls = new CallChain();
    return calls.endingWith(
        calls
            .send(call, GoogleErrors.CLASSIFIER)
            .thenApply(
                outcome ->
                    GoogleErrors.isNoSuchEntity(outcome)
                        ? new Succeeded("{}", ((Permanent) outcome).httpStatus())
                        : outcome));
  }
}
