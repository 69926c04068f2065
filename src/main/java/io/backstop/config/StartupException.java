package io.backstop.config;

/**
 * A command cannot start or go on for a reason that its user can mend. The message is one line that
 * says what, where and what to do; the command line prints it without a stack trace.
 */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
