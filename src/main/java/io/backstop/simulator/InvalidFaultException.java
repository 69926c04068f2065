package io.backstop.simulator;

/** A fault description that cannot be used; the message starts with the field's path. */
public final class InvalidFaultException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidFaultException(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
  }

  /** Path of the field, for example {@code failures[0].rate}. */
  public String field() {
    return field;
  }
}
