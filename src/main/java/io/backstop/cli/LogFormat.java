package io.backstop.cli;

import ch.qos.logback.core.PropertyDefinerBase;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The form of log lines, for {@code logback.xml}: {@code text} for people, {@code json} for what
 * collects logs. Not part of the configuration, because lines are logged before that is read.
 */
public final class LogFormat extends PropertyDefinerBase {
  static final String VARIABLE = "BACKSTOP_LOG_FORMAT";
  private static final String TEXT = "text";
  private static final Set<String> KNOWN = Set.of(TEXT, "json");

  @Override
  public String getPropertyValue() {
    String format = of(System.getenv(VARIABLE));
    return KNOWN.contains(format) ? format : TEXT;
  }

  /** What is wrong with the variable, for people; empty where nothing is. */
  static Optional<String> problem(String value) {
    return KNOWN.contains(of(value))
        ? Optional.empty()
        : Optional.of(VARIABLE + " is '" + value + "', but must be json or text");
  }

  private static String of(String value) {
    return value == null || value.isBlank() ? TEXT : value.strip().toLowerCase(Locale.ROOT);
  }
}
