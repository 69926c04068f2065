package io.backstop.runtime;

/** A store cannot be read here for the moment; the message is for people. */
public final class StoresAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoresAwayException(String message, Throwable cause) {
    super(message, cause);
  }

  public StoresAwayException(String message) {
    super(message);
  }
}
