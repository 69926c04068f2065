package io.backstop.executor.auth;

/**
 * The token endpoint refused to exchange the configured credentials; a repeat is refused again. The
 * message names the service and the endpoint's reason, and holds no secret.
 */
public final class RefusedCredentialsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedCredentialsException(String message, Throwable cause) {
    super(message, cause);
  }
}
