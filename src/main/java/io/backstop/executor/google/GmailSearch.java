package io.backstop.executor.google;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.QueryPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code gmail:search}: ids of the signed-in user's messages that match; changes nothing. */
public final class GmailSearch implements ActionExecutor {
  private final Target target = new Target("gmail:search", PayloadFamily.QUERY);

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return GmailProblems.ofSearch((QueryPayload) request.getPayload());
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(GoogleHealth::gmail);
  }

  @Override
  public boolean servesAsFallback() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    QueryPayload payload = (QueryPayload) request.getPayload();
    String path =
        "/gmail/v1/users/me/messages?q="
            + ServiceCall.encode(payload.getQuery())
            + "&maxResults="
            + payload.getLimit();
    if (payload.getCursor() != null) {
      path += "&pageToken=" + ServiceCall.encode(payload.getCursor());
    }
    return ServiceCall.to(context, GmailSend.PUBLIC_BASE, "GET", path)
        .send(GoogleErrors.CLASSIFIER);
  }
}
