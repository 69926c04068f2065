package io.backstop.executor.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import io.backstop.executor.ServiceCall;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * {@code google-tasks:create}: a task in a list. Google knows no key for it: a repeat makes a
 * second task. It has no place for labels, assignees and further properties, and of the due time it
 * keeps the date only.
 */
public final class TasksCreate implements ActionExecutor {
  /** The most characters of a title that Google takes. */
  public static final int MAX_TITLE = 1_024;

  /** The most characters of the notes, a task's description, that Google takes. */
  public static final int MAX_NOTES = 8_192;

  /** The states that a task can be made in. */
  public static final Set<String> STATUSES = Set.of("needsAction", "completed");

  static final String PUBLIC_BASE = "https://tasks.googleapis.com";

  /** Google's word for the list that every user has. */
  private static final String DEFAULT_LIST = "@default";

  private final Target target = new Target("google-tasks:create", PayloadFamily.TASK);

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    TaskPayload task = (TaskPayload) request.getPayload();
    Problems problems =
        new Problems()
            .require("payload.title", task.getTitle(), "a task needs a title")
            .check(
                isAtMost(MAX_TITLE, task.getTitle()),
                "payload.title is longer than 1024 characters: shorten it")
            .check(
                isAtMost(MAX_NOTES, task.getDescription()),
                "payload.description is longer than 8192 characters: shorten it")
            .check(
                task.getStatus() == null || STATUSES.contains(task.getStatus()),
                "payload.status is '"
                    + task.getStatus()
                    + "': a Google task is needsAction or completed");
    if (!list(task).equals(DEFAULT_LIST)) {
      problems.requireId("payload.container", task.getContainer(), "name the task list's id");
    }
    return problems.found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(GoogleHealth::tasks);
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    TaskPayload task = (TaskPayload) request.getPayload();
    ObjectNode body = Json.object().put("title", task.getTitle());
    if (task.getDescription() != null) {
      body.put("notes", task.getDescription());
    }
    if (task.getDueAt() != null) {
      body.put("due", task.getDueAt().toString());
    }
    if (task.getStatus() != null) {
      body.put("status", task.getStatus());
    }
    return ServiceCall.to(context, PUBLIC_BASE, "POST", "/tasks/v1/lists/" + list(task) + "/tasks")
        .json(body)
        .send(GoogleErrors.CLASSIFIER);
  }

  private static String list(TaskPayload task) {
    return task.getContainer() == null ? DEFAULT_LIST : task.getContainer();
  }

  private static boolean isAtMost(int characters, String text) {
    return text == null || text.length() <= characters;
  }
}
