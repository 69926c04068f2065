package io.backstop.action;

import java.util.Optional;
import org.slf4j.MDC;

/**
 * Marks the lines that this thread logs as lines about one request: by its id and its trace. A
 * stream thread works on many requests in turn, so the marks are there only around what is done for
 * one.
 */
public final class RequestLog {
  /** Name of the field with the request's id. */
  public static final String REQUEST_ID = "requestId";

  /** Name of the field with the trace id of the record's {@code traceparent}. */
  public static final String TRACE_ID = "traceId";

  private static final int LONGEST_ID = 200;
  private static final int TRACE_BEGIN = 3;
  private static final int TRACE_END = 35;

  private RequestLog() {}

  /** Lines that are logged meanwhile are about this work. */
  public static void about(Work work, Runnable logging) {
    about(work.request().getRequestId(), RecordHeaders.traceparent(work.original()), logging);
  }

  /** Lines that are logged meanwhile are about this request. */
  public static void about(String requestId, Optional<String> traceparent, Runnable logging) {
    begin(requestId, traceparent);
    try {
      logging.run();
    } finally {
      end();
    }
  }

  /**
   * Lines are about this request from now on, until {@link #end} on the same thread.
   *
   * @param requestId empty where it is not known
   * @param traceparent the W3C trace context, where there is one
   */
  public static void begin(String requestId, Optional<String> traceparent) {
    if (!requestId.isEmpty()) {
      MDC.put(REQUEST_ID, printable(requestId));
    }
    if (traceparent.isPresent() && isTrace(traceparent.get())) {
      MDC.put(TRACE_ID, traceparent.get().substring(TRACE_BEGIN, TRACE_END));
    }
  }

  /** Lines are about no request any more. */
  public static void end() {
    MDC.remove(REQUEST_ID);
    MDC.remove(TRACE_ID);
  }

  /** An id is the upstream's: it must not end a line, nor fill the log. */
  private static String printable(String id) {
    String cut = id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id;
    for (int index = 0; index < cut.length(); index++) {
      if (Character.isISOControl(cut.charAt(index))) {
        return cut.replaceAll("\\p{Cntrl}", "?");
      }
    }
    return cut;
  }

  /** {@code 00-<32 hexadecimal digits>-...}. */
  private static boolean isTrace(String traceparent) {
    if (traceparent.length() <= TRACE_END || traceparent.charAt(TRACE_END) != '-') {
      return false;
    }
    for (int index = TRACE_BEGIN; index < TRACE_END; index++) {
      char digit = traceparent.charAt(index);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }
}
