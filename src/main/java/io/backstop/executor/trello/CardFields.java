package io.backstop.executor.trello;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.TaskPayload;
import io.backstop.executor.Json;

/** A task's fields under Trello's names; what the task leaves open is left out. */
final class CardFields {
  private CardFields() {}

  static ObjectNode of(TaskPayload task) {
    var card = Json.object();
    task.getProperties().forEach(card::put);
    if (task.getTitle() != null) {
      card.put("name", task.getTitle());
    }
    if (task.getDescription() != null) {
      card.put("desc", task.getDescription());
    }
    if (task.getDueAt() != null) {
      card.put("due", task.getDueAt().toString());
    }
    if (!task.getLabels().isEmpty()) {
      card.put("idLabels", String.join(",", task.getLabels()));
    }
    if (!task.getAssignees().isEmpty()) {
      card.put("idMembers", String.join(",", task.getAssignees()));
    }
    return card;
  }
}
