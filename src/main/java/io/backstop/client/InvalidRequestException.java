package io.backstop.client;

/** A JSON line is no request; the message names the field and says what to do. */
public final class InvalidRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidRequestException(String message) {
    super(message);
  }
}
