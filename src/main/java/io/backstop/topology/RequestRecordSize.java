package io.backstop.topology;

import io.backstop.config.IntakeConfig;

/** How large a record of the requests may be, with its key and headers. */
public final class RequestRecordSize {
  private static final int BROKER_DEFAULT_BYTES = 1_048_588;

  /** What Kafka's record format and a few headers add to a request's value. */
  private static final int RECORD_OVERHEAD_BYTES = 64 * 1024;

  private RequestRecordSize() {}

  /** Bytes that the topic of requests takes in any case; it may take more. */
  public static int surelyFits(IntakeConfig config) {
    return Math.max(BROKER_DEFAULT_BYTES, config.maxRequestSize() + RECORD_OVERHEAD_BYTES);
  }
}
