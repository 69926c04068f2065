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
import java.util.concurrent.CompletionStage;

/** {@code trello:createCard}: a card in a list. */
public final class CreateCard implements ActionExecutor {
  private static final Target TARGET = new Target("trello:createCard", PayloadFamily.TASK);

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    var task = (TaskPayload) request.getPayload();
    return new Problems()
        .require("payload.title", task.getTitle(), "a card needs a title")
        .requireId("payload.container", task.getContainer(), "name the list for the card")
        .check(
            task.getStatus() == null || task.getStatus().equals("open"),
            "payload.status is '" + task.getStatus() + "': a new card can only be open")
        .found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(TrelloApi::whoAmI);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var task = (TaskPayload) request.getPayload();
    return TrelloApi.createCard(context, CardFields.of(task).put("idList", task.getContainer()));
  }
}
