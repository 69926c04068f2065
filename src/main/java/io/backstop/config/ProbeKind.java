package io.backstop.config;

/** How a half-open circuit finds out whether its service is back. */
public enum ProbeKind {
  /** By a health call where the service has one, by live requests elsewhere. */
  AUTO,
  HEALTH,
  LIVE
}
