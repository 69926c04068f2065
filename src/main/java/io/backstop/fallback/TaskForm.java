package io.backstop.fallback;

import io.backstop.action.TaskPayload;

/**
 * What a service's tasks can hold. Limits: Google Tasks API, resource {@code tasks} (title, notes);
 * Trello REST API, cards (name, desc); Notion API, size limits (100 pieces of 2,000 characters; 100
 * blocks a call).
 */
enum TaskForm {
  NOTION(200_000, 200_000),
  TRELLO(16_384, 16_384),
  GOOGLE_TASKS(1_024, 8_192),
  OTHER(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private static final int NOTION_LINES = 100;
  private static final String NOTION_PAGE = "page:";
  private static final String GOOGLE_DEFAULT_LIST = "@default";

  private final int longestTitle;
  private final int longestDescription;

  TaskForm(int longestTitle, int longestDescription) {
    this.longestTitle = longestTitle;
    this.longestDescription = longestDescription;
  }

  static TaskForm of(String service) {
    return switch (service) {
      case "notion" -> NOTION;
      case "trello" -> TRELLO;
      case "google-tasks" -> GOOGLE_TASKS;
      default -> OTHER;
    };
  }

  /**
   * The configured container.
   *
   * @throws NotConvertible when one is needed and not configured
   */
  String container(Place place) {
    return switch (this) {
      case NOTION ->
          place
              .container()
              .orElseThrow(
                  () ->
                      place.missing(
                          "container",
                          "the Notion database, data-source:<id> or page:<id> for new pages"));
      case TRELLO ->
          place
              .container()
              .orElseThrow(() -> place.missing("container", "the Trello list for new cards"));
      case GOOGLE_TASKS -> place.container().orElse(GOOGLE_DEFAULT_LIST);
      case OTHER -> place.container().orElse(null);
    };
  }

  /** Whether there are fields beside title and description; a Notion page below a page has none. */
  boolean hasColumns(String container) {
    return this != NOTION || !container.strip().startsWith(NOTION_PAGE);
  }

  boolean takesDueDate(String container) {
    return hasColumns(container);
  }

  boolean takesDueTime() {
    return this != GOOGLE_TASKS;
  }

  /** Whether a status of another service has a meaning here. */
  boolean takesStatus(String status) {
    return this == OTHER || this == TRELLO && status.equals("open");
  }

  /** Whether labels are words here, so that those of another service can be used. */
  boolean takesLabels(String container) {
    return this == OTHER || this == NOTION && hasColumns(container);
  }

  /** Trello's labels are ids; those of the others are words, which a person can read as text. */
  boolean hasWordsAsLabels() {
    return this != TRELLO;
  }

  /** Cuts title and description to what fits. */
  void fit(TaskPayload.Builder task, Losses losses) {
    task.setTitle(losses.fitted("title", task.getTitle(), longestTitle));
    task.setDescription(
        losses.fitted("description", lines(task.getDescription(), losses), longestDescription));
  }

  private String lines(String text, Losses losses) {
    if (this != NOTION || text == null || text.lines().count() <= NOTION_LINES) {
      return text;
    }
    losses.add("description (cut to its first %d lines)".formatted(NOTION_LINES));
    return String.join("\n", text.lines().limit(NOTION_LINES).toList());
  }
}
