package io.backstop.intake;

/**
 * A record's value as it stands on the topic, with the record's own timestamp. Streams replaces
 * that timestamp by the time of arrival, so that a wrong clock upstream cannot age state or expire
 * windows; {@link ArrivalTimeExtractor} keeps it here.
 */
public final class RawValue {
  private final byte[] bytes;
  private long timestamp = -1;

  public RawValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Null for a null value; not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** As the producer or broker set it, epoch milliseconds; may be any number. */
  public long timestamp() {
    return timestamp;
  }

  void keepTimestamp(long recordTimestamp) {
    timestamp = recordTimestamp;
  }
}
