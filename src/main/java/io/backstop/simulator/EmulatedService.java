package io.backstop.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The services that the simulator stands in for. Those that speak HTTP live under a path prefix of
 * their own, which stands for the base URL of the public service.
 */
public enum EmulatedService {
  NOTION,
  TRELLO,
  SLACK,
  DRIVE,
  SHEETS,
  GMAIL,
  GOOGLE_TASKS,
  /** Google's token endpoint: {@code POST /oauth2/token}. */
  OAUTH2,
  /** A receiver of webhooks: any {@code POST}. */
  WEBHOOK,
  /** A mail server; it speaks SMTP on a port of its own. */
  EMAIL;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String prefix = "/" + label;

  /** Name in paths, faults and statistics: {@code notion}. */
  public String label() {
    return label;
  }

  /** What comes before the real service's own path: {@code /notion}. */
  public String prefix() {
    return prefix;
  }

  boolean speaksHttp() {
    return this != EMAIL;
  }

  public static Optional<EmulatedService> byLabel(String label) {
    return Arrays.stream(values()).filter(service -> service.label.equals(label)).findFirst();
  }

  static String labels() {
    return Arrays.stream(values()).map(EmulatedService::label).collect(Collectors.joining(", "));
  }
}
