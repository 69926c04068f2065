package io.backstop.fallback;

import java.util.List;

/**
 * What a service's messages can hold. Limit: Slack Web API, {@code chat.postMessage} (text is cut
 * by Slack at 40,000 characters).
 */
enum MessageForm {
  /** One channel; a subject is the first line of the text. */
  SLACK,
  /** Addresses, subject and text; HTML beside it. */
  MAIL,
  /** The message as data: all of it, as it is. */
  DATA,
  /** A custom service: what messages of all kinds have. */
  OTHER;

  static final int SLACK_TEXT = 40_000;

  static MessageForm of(String service) {
    return switch (service) {
      case "slack" -> SLACK;
      case "gmail", "email" -> MAIL;
      case "webhook", "console", "csv", "file", "local" -> DATA;
      default -> OTHER;
    };
  }

  /**
   * The configured recipients.
   *
   * @throws NotConvertible when some are needed and not configured
   */
  List<String> recipients(Place place) {
    List<String> configured = place.recipients();
    if (configured.isEmpty() && this == SLACK) {
      throw place.missing("recipients", "the Slack channel");
    } else if (configured.isEmpty() && this == MAIL) {
      throw place.missing("recipients", "at least one e-mail address");
    } else if (configured.size() > 1 && this == SLACK) {
      throw new NotConvertible(
          "backstop.fallback.targets.%s.recipients has %d entries: name exactly one Slack channel"
              .formatted(place.target(), configured.size()));
    }
    return configured;
  }
}
