package io.backstop.executor.auth;

/** No credentials are configured; the message names the configuration key and the variable. */
public final class MissingCredentialsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MissingCredentialsException(String message) {
    super(message);
  }
}
