package io.backstop.executor.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.TaskPayload;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import java.util.Map;

/**
 * The properties of a page. A database's owner names its columns, so the names for status, due
 * date, tags and assignees come from the service's options ({@code status-property} and so on).
 */
final class NotionProperties {

  /** The title column's id, which is the same in every database whatever the column's name. */
  private static final String TITLE = "title";

  private NotionProperties() {}

  static ObjectNode of(TaskPayload task, Map<String, String> options) {
    var properties = Json.object();
    if (task.getTitle() != null) {
      properties.putObject(TITLE).set("title", NotionText.richText(task.getTitle()));
    }
    if (task.getStatus() != null) {
      properties
          .putObject(options.getOrDefault("status-property", "Status"))
          .putObject("status")
          .put("name", task.getStatus());
    }
    if (task.getDueAt() != null) {
      properties
          .putObject(options.getOrDefault("due-property", "Due"))
          .putObject("date")
          .put("start", task.getDueAt().toString());
    }
    if (!task.getLabels().isEmpty()) {
      var tags =
          properties
              .putObject(options.getOrDefault("tags-property", "Tags"))
              .putArray("multi_select");
      task.getLabels().forEach(label -> tags.addObject().put("name", label));
    }
    if (!task.getAssignees().isEmpty()) {
      var people =
          properties
              .putObject(options.getOrDefault("assignees-property", "Assignee"))
              .putArray("people");
      task.getAssignees().forEach(id -> people.addObject().put("object", "user").put("id", id));
    }
    task.getProperties()
        .forEach((name, json) -> properties.set(name, Json.read(json).orElseThrow()));
    return properties;
  }

  static void check(TaskPayload task, Problems problems) {
    task.getProperties()
        .forEach(
            (name, json) ->
                problems.check(
                    Json.read(json).filter(JsonNode::isObject).isPresent(),
                    "payload.properties."
                        + name
                        + " is not a JSON object: write a Notion property value, for example"
                        + " {\"number\":3}"));
  }

  /** A page below a page has no columns, only a title. */
  static boolean hasColumns(TaskPayload task) {
    return task.getStatus() != null
        || task.getDueAt() != null
        || !task.getLabels().isEmpty()
        || !task.getAssignees().isEmpty()
        || !task.getProperties().isEmpty();
  }
}
