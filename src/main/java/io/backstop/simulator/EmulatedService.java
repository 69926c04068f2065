package io.backstop.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services that the simulator stands in for; each lives under a path prefix of its own. */
public enum EmulatedService {
  NOTION("https://api.notion.com"),
  TRELLO("https://api.trello.com"),
  SLACK("https://slack.com"),
  DRIVE("https://www.googleapis.com"),
  SHEETS("https://sheets.googleapis.com"),
  GMAIL("https://gmail.googleapis.com"),
  /** Google's token endpoint: {@code POST /oauth2/token}. */
  OAUTH2("https://oauth2.googleapis.com");

  private final String realBaseUrl;
  private final String label = name().toLowerCase(Locale.ROOT);
  private final String prefix = "/" + label;

  EmulatedService(String realBaseUrl) {
    this.realBaseUrl = realBaseUrl;
  }

  /** Name in paths, faults and statistics: {@code notion}. */
  public String label() {
    return label;
  }

  /** What comes before the real service's own path: {@code /notion}. */
  public String prefix() {
    return prefix;
  }

  /** Base URL of the public service that the prefix replaces. */
  public String realBaseUrl() {
    return realBaseUrl;
  }

  public static Optional<EmulatedService> byLabel(String label) {
    return Arrays.stream(values()).filter(service -> service.label.equals(label)).findFirst();
  }

  static String labels() {
    return Arrays.stream(values()).map(EmulatedService::label).collect(Collectors.joining(", "));
  }
}
