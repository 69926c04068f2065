package io.backstop.executor.trello;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Problems;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** {@code trello:updateCard}: new values for a card, which stays in its list. */
public final class UpdateCard implements ActionExecutor {
  private static final Target TARGET = new Target("trello:updateCard", PayloadFamily.TASK);
  private static final Set<String> STATUSES = Set.of("open", "closed");

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    var task = (TaskPayload) request.getPayload();
    return new Problems()
        .requireId("payload.taskId", task.getTaskId(), "name the card to update")
        .check(
            task.getStatus() == null || STATUSES.contains(task.getStatus()),
            "payload.status is '" + task.getStatus() + "': a card is open or closed")
        .check(
            task.getStatus() != null || !CardFields.of(task).isEmpty(),
            "payload.title is missing: give it, or another field that is to change")
        .found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(TrelloApi::whoAmI);
  }

  @Override
  public boolean servesAsFallback() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var task = (TaskPayload) request.getPayload();
    var change = CardFields.of(task);
    if (task.getStatus() != null) {
      change.put("closed", task.getStatus().equals("closed"));
    }
    return TrelloApi.changeCard(context, task.getTaskId(), change);
  }
}
