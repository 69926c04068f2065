package io.backstop.executor.notion;

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

/** {@code notion:updatePage}: new values for properties of a page; its body stays. */
public final class UpdatePage implements ActionExecutor {
  private static final Target TARGET = new Target("notion:updatePage", PayloadFamily.TASK);

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    var task = (TaskPayload) request.getPayload();
    var problems =
        new Problems()
            .requireId("payload.taskId", task.getTaskId(), "name the page to update")
            .check(
                task.getDescription() == null,
                "payload.description cannot be changed by notion:updatePage: Notion updates a"
                    + " page's properties only, so leave it out")
            .check(
                task.getTitle() != null || NotionProperties.hasColumns(task),
                "payload.title is missing: give it, or another property that is to change");
    NotionProperties.check(task, problems);
    return problems.found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(NotionApi::whoAmI);
  }

  @Override
  public boolean servesAsFallback() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var task = (TaskPayload) request.getPayload();
    var change = Json.object();
    change.set("properties", NotionProperties.of(task, context.service().options()));
    return NotionApi.call(
            context, NotionVersion.DATABASES, "PATCH", "/v1/pages/" + task.getTaskId())
        .json(change)
        .send(NotionApi.REPLIES);
  }
}
