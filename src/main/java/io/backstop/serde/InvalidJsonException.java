package io.backstop.serde;

/** JSON does not fit its schema; the message names the field and says what to do. */
public final class InvalidJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidJsonException(String message) {
    super(message);
  }
}
