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

/** {@code notion:createPage}: a page in a database or below a page. */
public final class CreatePage implements ActionExecutor {
  private static final Target TARGET = new Target("notion:createPage", PayloadFamily.TASK);

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    var task = (TaskPayload) request.getPayload();
    var container = NotionContainer.of(task.getContainer());
    var problems =
        new Problems()
            .require("payload.title", task.getTitle(), "a page needs a title")
            .requireId(
                "payload.container",
                container.id(),
                "name the database, data-source:<id> or page:<id> that the page is to be in")
            .check(
                task.getDescription() == null
                    || task.getDescription().lines().count() <= NotionText.MOST_BLOCKS,
                "payload.description is too long: Notion takes at most 100 lines when a page is"
                    + " created")
            .check(
                !container.isPage() || !NotionProperties.hasColumns(task),
                "payload.container is a page: a page below it can have a title and a description"
                    + " only, so leave status, dueAt, labels, assignees and properties out or name"
                    + " a database");
    NotionProperties.check(task, problems);
    return problems.found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(NotionApi::whoAmI);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var task = (TaskPayload) request.getPayload();
    var container = NotionContainer.of(task.getContainer());
    var page = Json.object();
    page.set("parent", container.parent());
    page.set("properties", NotionProperties.of(task, context.service().options()));
    if (task.getDescription() != null) {
      page.set("children", NotionText.paragraphs(task.getDescription()));
    }
    return NotionApi.call(context, container.version(), "POST", "/v1/pages")
        .json(page)
        .send(NotionApi.REPLIES);
  }
}
