package io.backstop.fallback;

import io.backstop.action.Steps;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import java.util.List;
import java.util.Map;

/** The steps of the built-in actions where nothing else is said. */
final class BundledStrategies {
  private static final List<String> READ = List.of(Steps.CACHED_RESULT, Steps.DEFAULT_VALUE);
  private static final List<String> CHANGE = List.of(Steps.QUEUE_RETRY, "csv:log");
  private static final List<String> ROWS = List.of("csv:log", "file:write");
  private static final List<String> TO_FILE = List.of("file:write");

  private static final Map<String, List<String>> STEPS =
      Map.ofEntries(
          Map.entry(
              "notion:createPage", List.of("trello:createCard", "google-tasks:create", "csv:log")),
          Map.entry("notion:updatePage", CHANGE),
          Map.entry("notion:query", READ),
          Map.entry("trello:createCard", List.of("google-tasks:create", "csv:log")),
          Map.entry("trello:updateCard", CHANGE),
          Map.entry("trello:moveCard", CHANGE),
          Map.entry("google-tasks:create", List.of("csv:log")),
          Map.entry(
              "slack:postMessage", List.of("email:notification", "webhook:post", "console:log")),
          Map.entry("slack:updateMessage", CHANGE),
          Map.entry("gmail:send", List.of("webhook:post", Steps.QUEUE_RETRY, "file:write")),
          Map.entry("gmail:search", READ),
          Map.entry("email:notification", List.of("webhook:post", "console:log")),
          Map.entry("webhook:post", List.of(Steps.QUEUE_RETRY, "file:write")),
          Map.entry("drive:upload", List.of("local:backup", "file:write")),
          Map.entry("drive:createFolder", List.of(Steps.QUEUE_RETRY, "file:write")),
          Map.entry("sheets:update", ROWS),
          Map.entry("sheets:append", ROWS),
          Map.entry("csv:log", TO_FILE),
          Map.entry("local:backup", TO_FILE));

  private BundledStrategies() {}

  /** None for an action of one's own; targets that are not there are left out. */
  static List<String> steps(String action, Targets targets) {
    return STEPS.getOrDefault(action, List.of()).stream()
        .filter(
            step ->
                !Steps.isTarget(step)
                    || targets.find(step).filter(ActionExecutor::servesAsFallback).isPresent())
        .toList();
  }
}
