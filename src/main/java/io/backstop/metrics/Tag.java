package io.backstop.metrics;

/**
 * What meters are told apart by. Each has few values: names that the configuration or the program
 * knows, never one that a request brings along.
 */
public enum Tag {
  ACTION("action", "What was asked for; `other` where no target of that name is known."),
  TARGET("target", "An operation of a service, for example `notion:createPage`."),
  SCOPE("scope", "A service, or a target that has settings of its own."),
  STEP("step", "A fallback step: a target, or one such as `cached-result` or `queue:retry`."),
  PRIORITY("priority", "`HIGH`, `MEDIUM`, `LOW`."),
  OUTCOME("outcome", "How it ended; the values stand with the meter."),
  FAILURE(
      "failure",
      "The failure class, for example `RATE_LIMITED` or `TIMEOUT`; `none` where nothing failed."),
  ORIGINAL(
      "original",
      "What a duplicate is a duplicate of: `finished`, or `in-flight` when that is still worked on."),
  STATE("state", "The state; the values stand with the meter."),
  KIND("kind", "Which kind; the values stand with the meter."),
  PHASE("phase", "`SELECTING`, `RUNNING`, `PAUSED`."),
  TOPIC("topic", "A topic that requests, hops, commands or letters are read from."),
  STORE("store", "A state store."),
  DEPENDENCY("dependency", "`kafka` or `registry`.");

  private final String tagName;
  private final String description;

  Tag(String tagName, String description) {
    this.tagName = tagName;
    this.description = description;
  }

  public String tagName() {
    return tagName;
  }

  /** For the reference, Markdown. */
  public String description() {
    return description;
  }
}
