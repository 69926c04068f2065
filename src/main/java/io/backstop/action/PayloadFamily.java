package io.backstop.action;

/** The typed payloads; a fallback can convert inside a family without loss of meaning. */
public enum PayloadFamily {
  TASK("TaskPayload"),
  MESSAGE("MessagePayload"),
  FILE("FilePayload"),
  TABLE("TablePayload"),
  QUERY("QueryPayload"),
  GENERIC("GenericPayload");

  private final String recordName;

  PayloadFamily(String recordName) {
    this.recordName = recordName;
  }

  /** Name of the Avro record, as upstream developers know it. */
  public String recordName() {
    return recordName;
  }

  /**
   * @throws IllegalArgumentException when the payload is of no family
   */
  public static PayloadFamily of(Object payload) {
    if (payload instanceof TaskPayload) {
      return TASK;
    } else if (payload instanceof MessagePayload) {
      return MESSAGE;
    } else if (payload instanceof FilePayload) {
      return FILE;
    } else if (payload instanceof TablePayload) {
      return TABLE;
    } else if (payload instanceof QueryPayload) {
      return QUERY;
    } else if (payload instanceof GenericPayload) {
      return GENERIC;
    }
    throw new IllegalArgumentException(
        "not a payload: " + (payload == null ? "null" : payload.getClass().getName()));
  }
}
