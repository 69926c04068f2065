package io.backstop.action;

/** Keys of the records that hold the fleet's state. */
public enum FleetKey {
  CIRCUIT("circuit:"),
  STATISTICS("statistics:"),
  LIMIT("limit:"),
  SETTINGS("settings:"),
  CACHE("cache"),
  STRATEGY("strategy:"),
  FAILURES("failures:"),
  FALLBACKS("fallbacks"),
  ENDPOINT("endpoint:"),
  OPERATION("operation:"),
  PAUSE("pause:");

  private final String prefix;

  FleetKey(String prefix) {
    this.prefix = prefix;
  }

  /**
   * @param scope a service, or a target with settings of its own; empty for none
   */
  public String of(String scope) {
    return prefix + scope;
  }

  /** Whether a record key is one of these. */
  public boolean matches(String key) {
    return key.startsWith(prefix);
  }

  /** The scope in a key that matches. */
  public String scope(String key) {
    return key.substring(prefix.length());
  }
}
