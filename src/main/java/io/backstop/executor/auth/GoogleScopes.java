package io.backstop.executor.auth;

import java.util.List;
import java.util.Map;

/** The smallest OAuth scopes that the actions of a Google service need. */
final class GoogleScopes {
  // drive.file would be smaller, but sees no folder that another program made, so a file could not
  // be put into one. gmail.metadata would be smaller than gmail.readonly, but refuses a search.
  private static final Map<String, List<String>> BY_SERVICE =
      Map.of(
          "drive",
          List.of("https://www.googleapis.com/auth/drive"),
          "sheets",
          List.of("https://www.googleapis.com/auth/spreadsheets"),
          "google-tasks",
          List.of("https://www.googleapis.com/auth/tasks"),
          "gmail",
          List.of(
              "https://www.googleapis.com/auth/gmail.send",
              "https://www.googleapis.com/auth/gmail.readonly"));

  private GoogleScopes() {}

  static boolean isGoogle(String service) {
    return BY_SERVICE.containsKey(service);
  }

  static List<String> of(String service) {
    return BY_SERVICE.get(service);
  }
}
