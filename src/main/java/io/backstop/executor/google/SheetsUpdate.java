package io.backstop.executor.google;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TablePayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code sheets:update}: overwrites a range, so a repeat leaves what the first call left. */
public final class SheetsUpdate implements ActionExecutor {
  private final Target target = new Target("sheets:update", PayloadFamily.TABLE);

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    return SheetsProblems.of((TablePayload) request.getPayload());
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(GoogleHealth::sheets);
  }

  @Override
  public boolean servesAsFallback() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    TablePayload payload = (TablePayload) request.getPayload();
    String path = SheetsValues.path(payload) + "?" + SheetsValues.inputOption(payload);
    return ServiceCall.to(context, SheetsValues.PUBLIC_BASE, "PUT", path)
        .json(SheetsValues.body(payload))
        .send(GoogleErrors.CLASSIFIER);
  }
}
