package io.backstop.executor;

/**
 * What a service says about a failure.
 *
 * @param code the service's machine-readable code, empty where it has none
 * @param message the service's words for people
 */
public record ServiceError(String code, String message) {
  static final int LONGEST_MESSAGE = 1000;

  /** One line for the attempt history, at most 1,000 characters. */
  String text() {
    String whole = code.isEmpty() ? message : message.isEmpty() ? code : code + ": " + message;
    return cut(whole);
  }

  /** The text, cut to 1,000 characters. */
  public static String cut(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 3) + "...";
  }
}
