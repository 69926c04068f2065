package io.backstop.fallback;

import io.backstop.action.TaskPayload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks for a target. Between services, ids and settings of the one mean nothing to the other;
 * words that have no field there are kept in the description.
 */
final class TaskConversion {
  private final Conversion conversion;
  private final Losses losses;
  private final TaskForm form;
  private final List<String> kept = new ArrayList<>(0);

  private TaskConversion(Conversion conversion) {
    this.conversion = conversion;
    this.losses = conversion.losses();
    this.form = TaskForm.of(conversion.service());
  }

  /** A task of another service, or another operation of the same one. */
  static TaskPayload convert(TaskPayload from, Conversion conversion) {
    TaskConversion to = new TaskConversion(conversion);
    return to.finished(
        conversion.isSameService() ? to.withinService(from) : to.fromElsewhere(from));
  }

  /** A task made of what is no task. */
  static TaskPayload ofWords(Words words, Conversion conversion) {
    TaskConversion to = new TaskConversion(conversion);
    return to.finished(
        TaskPayload.newBuilder()
            .setTitle(words.title())
            .setDescription(words.text().isEmpty() ? null : words.text())
            .setContainer(to.form.container(conversion.place())));
  }

  private TaskPayload.Builder withinService(TaskPayload from) {
    String container =
        from.getContainer() != null ? from.getContainer() : form.container(conversion.place());
    TaskPayload.Builder to = TaskPayload.newBuilder(from).setContainer(container);
    if (form == TaskForm.OTHER) {
      return to;
    }
    // each of the built-in ones creates, and what is new has no id and is open
    losses.addIfGiven("task id (a new one is made)", from.getTaskId());
    to.setTaskId(null);
    if (form == TaskForm.TRELLO && to.getStatus() != null && !form.takesStatus(to.getStatus())) {
      to.setStatus(null);
      losses.add("status (a new card is open)");
    }
    return to;
  }

  private TaskPayload.Builder fromElsewhere(TaskPayload from) {
    String container = form.container(conversion.place());
    TaskPayload.Builder to =
        TaskPayload.newBuilder()
            .setTitle(from.getTitle())
            .setContainer(container)
            .setDueAt(due(from.getDueAt(), container))
            .setStatus(status(from.getStatus()))
            .setLabels(labels(from.getLabels(), container));
    losses.addIfGiven("assignees", from.getAssignees());
    losses.addIfGiven("further properties", from.getProperties().keySet());
    losses.addIfGiven(conversion.ofOrigin("container"), from.getContainer());
    losses.addIfGiven(conversion.ofOrigin("task id"), from.getTaskId());
    to.setDescription(described(from.getDescription()));
    return to;
  }

  private Instant due(Instant due, String container) {
    if (due == null) {
      return null;
    }
    if (!form.takesDueDate(container)) {
      kept.add("Due: " + due);
      losses.add("due date (kept as text)");
      return null;
    }
    Instant date = due.truncatedTo(ChronoUnit.DAYS);
    if (form.takesDueTime() || date.equals(due)) {
      return due;
    }
    losses.add("due time (only the date is kept)");
    return date;
  }

  private String status(String status) {
    if (status == null || form.takesStatus(status)) {
      return status;
    }
    kept.add("Status: " + status);
    losses.add("status (kept as text)");
    return null;
  }

  private List<String> labels(List<String> labels, String container) {
    if (labels.isEmpty()) {
      return labels;
    }
    if (!TaskForm.of(conversion.origin()).hasWordsAsLabels()) {
      losses.addIfGiven("labels", labels);
      return List.of();
    }
    if (form.takesLabels(container)) {
      return labels;
    }
    kept.add("Labels: " + String.join(", ", labels));
    losses.add("labels (%,d, kept as text)".formatted(labels.size()));
    return List.of();
  }

  // the words first, so that a cut does not take them
  private String described(String description) {
    if (kept.isEmpty()) {
      return description;
    }
    String words = String.join("\n", kept);
    return description == null || description.isBlank() ? words : words + "\n\n" + description;
  }

  private TaskPayload finished(TaskPayload.Builder task) {
    if (task.getTitle() == null || task.getTitle().isBlank()) {
      task.setTitle(conversion.standIn());
    }
    form.fit(task, losses);
    return task.build();
  }
}
