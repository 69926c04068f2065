package io.backstop.action;

import java.util.Map;

/** Names of services as people write them. */
public final class ServiceName {
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("notion", "Notion"),
          Map.entry("trello", "Trello"),
          Map.entry("slack", "Slack"),
          Map.entry("gmail", "Gmail"),
          Map.entry("drive", "Google Drive"),
          Map.entry("sheets", "Google Sheets"),
          Map.entry("google-tasks", "Google Tasks"),
          Map.entry("email", "e-mail"),
          Map.entry("webhook", "the webhook"),
          Map.entry("csv", "the CSV file"),
          Map.entry("local", "the backup"),
          Map.entry("file", "the file store"),
          Map.entry("console", "the console"));

  private ServiceName() {}

  /** For the middle of a sentence; a service of your own goes by its own name. */
  public static String of(String service) {
    return KNOWN.getOrDefault(service, service);
  }

  /**
   * The same for a target's service.
   *
   * @param target {@code service:operation}
   */
  public static String ofTarget(String target) {
    return of(service(target));
  }

  /** The service of a target: what stands before its colon. */
  public static String service(String target) {
    int colon = target.indexOf(':');
    return colon < 0 ? target : target.substring(0, colon);
  }
}
