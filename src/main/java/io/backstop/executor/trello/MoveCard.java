package io.backstop.executor.trello;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code trello:moveCard}: a card to another list. Only the list and the further properties
 * (Trello's {@code pos}, {@code idBoard}) are sent, so a move never changes what the card says.
 */
public final class MoveCard implements ActionExecutor {
  private static final Target TARGET = new Target("trello:moveCard", PayloadFamily.TASK);

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    var task = (TaskPayload) request.getPayload();
    return new Problems()
        .requireId("payload.taskId", task.getTaskId(), "name the card to move")
        .requireId("payload.container", task.getContainer(), "name the list to move it to")
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
    var change = Json.object();
    task.getProperties().forEach(change::put);
    change.put("idList", task.getContainer());
    return TrelloApi.changeCard(context, task.getTaskId(), change);
  }
}
